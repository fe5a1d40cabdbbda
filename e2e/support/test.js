// What every test starts from: the servers, and an eye on what a page does behind its face.

import AxeBuilder from '@axe-core/playwright';
import { test as base } from '@playwright/test';
import { fileURLToPath } from 'node:url';
import { start } from './server.js';

export { expect } from '@playwright/test';

const SCREENSHOTS = fileURLToPath(new URL('../screenshots/', import.meta.url));

export const test = base.extend({
  /** The two origins; see server.js. */
  site: [async ({}, use) => {
    const site = await start();
    await use(site);
    await site.stop();
  }, { scope: 'worker' }],

  /**
   * Everything that should not have happened on the page: console errors, uncaught errors, requests
   * to another origin. A test ends with `expect(problems).toEqual([])`.
   */
  problems: async ({ page, site }, use) => {
    const problems = [];
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) { problems.push(`console: ${message.text()}`); }
    });
    page.on('pageerror', (error) => problems.push(`uncaught: ${error.message}`));
    page.on('request', (request) => {
      const { origin, protocol } = new URL(request.url());
      const ours = [site.origin, site.otherOrigin].includes(origin) || ['blob:', 'data:'].includes(protocol);
      if (!ours) { problems.push(`request: ${request.url()}`); }
    });
    await use(problems);
  },
});

/** Resolves once the program has taken over from index.html's first words. */
export async function started(frame) {
  await frame.locator('html[data-padlock="started"]').waitFor({ state: 'attached' });
}

/** What axe finds wrong with the page as it stands, a line for each: rule, then where. */
export async function violations(page) {
  const { violations: found } = await new AxeBuilder({ page }).analyze();
  return found.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
}

/** Keeps a picture of the page under e2e/screenshots. */
export async function picture(page, name) {
  await page.screenshot({ path: `${SCREENSHOTS}${name}.png`, fullPage: true });
}
