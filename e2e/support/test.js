// What every test starts from: the servers, and an eye on what a page does behind its face.

import AxeBuilder from '@axe-core/playwright';
import { expect, test as base } from '@playwright/test';
import { fileURLToPath } from 'node:url';
import { start } from './server.js';

export { expect };

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

/** Resolves once the program has taken over from index.html's first words, and has drawn. */
export async function started(frame) {
  await expect(frame.locator('html[data-padlock="started"] #app > .site'), 'the program has drawn').toBeAttached();
}

/**
 * Resolves once nothing is on its way any more: no program, no run, no measurement. Until then a page may
 * still show the story before. After a link or "back", wait first for what the new page alone has: the
 * address moves a little before the page does.
 */
export async function settled(frame) {
  const still = 'html[data-padlock="started"] #app > .site:not(:has(.running, [aria-busy="true"]))';
  await expect(frame.locator(still), 'nothing is on its way').toBeAttached();
}

/**
 * Notes whatever `read`, a function without surroundings that gives a text, says in the page from now on:
 * the text at first, and each that follows after a change of the document. So nothing passes unseen,
 * however short. Gives what reads the notes.
 */
export async function watch(page, read) {
  const notes = await page.evaluateHandle(`(${note})(${read})`);
  return () => notes.jsonValue();
}

function note(read) {
  const notes = [read()];
  const look = () => {
    const now = read();
    if (notes.at(-1) !== now) { notes.push(now); }
  };
  new MutationObserver(look).observe(document, { attributes: true, characterData: true, childList: true, subtree: true });
  return notes;
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
