// What keeps a page from answering, and the browser that it is measured in.

import { chromium } from '@playwright/test';

/** What browsers call a long task, and the longest that a page should not answer. */
export const LONG = 50;

export const median = (numbers) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1];

export const launch = () => chromium.launch({
  executablePath: process.env.CHROME ?? '/usr/bin/chromium',
  args: ['--disable-gpu', '--disable-quic', '--disable-background-networking', '--disable-dev-shm-usage'],
});

/** Runs in the page before anything of its own: notes every long task. */
export function watch() {
  window.tasks = [];
  new PerformanceObserver((list) => window.tasks.push(...list.getEntries().map((task) => task.duration)))
    .observe({ type: 'longtask', buffered: true });
}

/** The long tasks until now and since they were asked for last. Each is told after it is over. */
export async function tasks(page) {
  await page.waitForTimeout(200);
  return page.evaluate(() => window.tasks.splice(0));
}
