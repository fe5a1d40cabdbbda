// How long the built page makes a visitor wait, and whether it is ever deaf: `cargo xtask bench --only page`.

import { chromium } from '@playwright/test';
import { start } from '../support/server.js';

const SCENARIOS = [
  'setting=shop&kx=rsa',
  'setting=shop&kx=ecdhe',
  'setting=payroll&kx=rsa',
  'setting=payroll&kx=ecdhe',
];
const SEED_AND_DATE = 'seed=00112233445566778899aabbccddeeff&date=2026-11-21T18:30:00Z';
const ROUNDS = 7;
/** What browsers call a long task, and design.md the longest that the page may not answer. */
const LONG = 50;

/** Runs in the page before anything of its own: notes when a story is told, and every long task. */
function watch() {
  window.tasks = [];
  new PerformanceObserver((list) => window.tasks.push(...list.getEntries().map((task) => task.duration)))
    .observe({ type: 'longtask', buffered: true });
  window.told = () => new Promise((resolve) => {
    const look = () => document.querySelector('.stage[aria-busy="false"]') && resolve(performance.now());
    new MutationObserver(look).observe(document, { subtree: true, childList: true, attributes: true });
    look();
  });
  window.first = window.told();
}

/** Runs in the page: a new run, from the click to its story. */
async function again() {
  const button = [...document.querySelectorAll('button')].find((one) => one.textContent.includes('New run'));
  const begin = performance.now();
  const before = location.hash;
  button.click();
  // A run may be over before the next frame, so that nobody sees it under way.
  do { await new Promise(requestAnimationFrame); } while (location.hash === before);
  return await window.told() - begin;
}

const median = (numbers) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1];

async function visit(browser, address) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.addInitScript(watch);
  await page.goto(address);
  const first = await page.evaluate(() => window.first);
  const next = await page.evaluate(again);
  // Long tasks are told after they are over.
  await page.waitForTimeout(200);
  const tasks = await page.evaluate(() => window.tasks);
  await context.close();
  return { first, next, tasks };
}

const site = await start();
const browser = await chromium.launch({
  executablePath: process.env.CHROME ?? '/usr/bin/chromium',
  args: ['--disable-gpu', '--disable-quic', '--disable-background-networking', '--disable-dev-shm-usage'],
});
const rows = {};
for (const scenario of SCENARIOS) {
  const address = `${site.url()}?${scenario}&${SEED_AND_DATE}`;
  const visits = [];
  for (let round = 0; round < ROUNDS; round += 1) { visits.push(await visit(browser, address)); }
  const tasks = visits.flatMap((one) => one.tasks);
  rows[scenario] = {
    'first story (ms)': Math.round(median(visits.map(({ first }) => first))),
    'new run (ms)': Math.round(median(visits.map(({ next }) => next))),
    [`tasks over ${LONG} ms, a visit`]: tasks.length / ROUNDS,
    'longest (ms)': tasks.length > 0 ? Math.round(Math.max(...tasks)) : `under ${LONG}`,
  };
}
await browser.close();
await site.stop();
console.table(rows);
