// How a learner goes through the page: addresses, places and controls by the names that they see.

import { expect, started } from './test.js';

/** The same bytes in every test: a seed, and a date on which the demonstration's certificates are good. */
export const FIXED = { seed: '000102030405060708090a0b0c0d0e0f', date: '2026-11-21T18:30:00Z' };

/** The hash of a page with a query, as in `hash('handshake', { kx: 'rsa' })`. */
export function hash(page, query = {}) {
  const pairs = Object.entries(query).map(([name, value]) => `${name}=${value}`);
  return pairs.length === 0 ? `#/${page}` : `#/${page}?${pairs.join('&')}`;
}

/** A run takes a moment, and on a busy machine it takes longer. */
const RUN = { timeout: 30_000 };

/** Opens a page of the site and waits until the program shows it, and its run is over. */
export async function open(page, site, where, search = '') {
  await page.goto(`${site.url()}${search}${where}`);
  await started(page);
  const running = page.getByRole('status').filter({ hasText: /^The handshake is / });
  await expect(running).toHaveCount(0, RUN);
}

/** Opens the handshake; resolves once the story is told. */
export async function openStory(page, site, query = {}, search = '') {
  await open(page, site, hash('handshake', query), search);
  await expect(place(page)).toBeVisible(RUN);
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

/** The value of a name in the address's hash. */
export function said(page, name) {
  return new URLSearchParams(new URL(page.url()).hash.split('?')[1] ?? '').get(name);
}

/** Waits until the address says so. */
export async function says(page, name, value) {
  await expect.poll(() => said(page, name), { message: `${name} in the address` }).toBe(value);
}

/** The hex of the bytes that light up, read off the dump. */
export async function litHex(page) {
  const runs = await page.locator('.hex__run--lit').allTextContents();
  return runs.join('').replace(/\s/g, '');
}

/** The client random's 32 bytes, as the Bytes view of the first step shows them. */
export async function clientRandom(page) {
  await tab(page, 'Bytes').click();
  const fields = view(page).getByRole('tree', { name: /^The fields of: / });
  await fields.getByRole('treeitem', { name: /^random/ }).first().hover();
  return litHex(page);
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
