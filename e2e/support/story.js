// How a learner goes through the page: addresses, places and controls by the names that they see.

import { expect, settled } from './test.js';

/** The same bytes in every test: a seed, and a date on which the demonstration's certificates are good. */
export const FIXED = { seed: '000102030405060708090a0b0c0d0e0f', date: '2026-11-21T18:30:00Z' };

/** The hash of a page with a query, as in `hash('handshake', { kx: 'rsa' })`. */
export function hash(page, query = {}) {
  const pairs = Object.entries(query).map(([name, value]) => `${name}=${value}`);
  return pairs.length === 0 ? `#/${page}` : `#/${page}?${pairs.join('&')}`;
}

/** Opens a page of the site anew and waits until the program shows it, and its run is over. */
export async function open(page, site, where, search = '') {
  // From one hash to another the page would stay loaded, and show what it showed for a little longer.
  await page.goto('about:blank');
  await page.goto(`${site.url()}${search}${where}`);
  await settled(page);
}

/** Opens the handshake; resolves once the story is told. */
export async function openStory(page, site, query = {}, search = '') {
  await open(page, site, hash('handshake', query), search);
  await expect(place(page)).toBeVisible();
}

/** The line "Step 3 of 12 · Authentication". */
export function place(page) {
  return panel(page).getByText(/^Step \d+ of \d+ · /);
}

/** The step: the region that its title names. */
export function panel(page) {
  return page.locator('section[aria-labelledby="step-title"]');
}

/** The step's title. */
export function title(page) {
  return panel(page).getByRole('heading', { level: 2 });
}

/** What the open tab shows. */
export function view(page) {
  return panel(page).getByRole('tabpanel');
}

/** A tab of the step, by its name. */
export function tab(page, name) {
  return panel(page).getByRole('tab', { name, exact: true });
}

/** A button of the controls, by its name. */
export function control(page, name) {
  return page.getByRole('region', { name: 'Going through the steps' }).getByRole('button', { name, exact: true });
}

/** The value of a name in the address's hash, as the page has it now: `page.url()` learns of it later. */
export async function said(page, name) {
  const hash = await page.evaluate(() => location.hash);
  return new URLSearchParams(hash.split('?')[1] ?? '').get(name);
}

/** Waits until the address says so. */
export async function says(page, name, value) {
  await expect.poll(() => said(page, name), { message: `${name} in the address` }).toBe(value);
}

/** Where the bytes that light up in the dump begin, and what they are; `{ at: null, hex: '' }` while there are none. */
export async function lit(page) {
  return page.locator('.hex__run--lit').evaluateAll((runs) => ({
    at: runs.length === 0 ? null : Number(runs[0].dataset.at),
    hex: runs.map((run) => run.textContent).join('').replace(/\s/g, ''),
  }));
}

/** The client random's 32 bytes, as the Bytes view of the first step shows them once its run is over. */
export async function clientRandom(page) {
  await settled(page);
  await tab(page, 'Bytes').click();
  const fields = view(page).getByRole('tree', { name: /^The fields of: / });
  await fields.getByRole('treeitem', { name: /^random/ }).first().hover();
  await expect.poll(() => lit(page)).toMatchObject({ hex: expect.stringMatching(/^[0-9a-f]{64}$/) });
  return (await lit(page)).hex;
}

/** Presses Tab until the element has the focus. It fails where the keyboard cannot get to it. */
export async function tabTo(page, locator, { back = false, most = 80 } = {}) {
  for (let presses = 0; presses < most; presses += 1) {
    if (await hasFocus(locator)) { return; }
    await page.keyboard.press(back ? 'Shift+Tab' : 'Tab');
  }
  await expect(locator, `reached by ${most} presses of Tab`).toBeFocused();
}

async function hasFocus(locator) {
  return locator.evaluate((element) => element === document.activeElement);
}
