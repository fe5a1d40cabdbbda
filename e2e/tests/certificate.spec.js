// The certificate page: what a certificate says, for each of a run, and where in its bytes.

import { expect, settled, test } from '../support/test.js';
import { control, FIXED, hash, lit, open, openStory, place, says, tab as stepTab, tabTo } from '../support/story.js';

const SERVER = /^The server.s certificate$/;
const ISSUER = 'The authority that signed it';
const ROOT = 'The root that the browser trusts';
const RUN = { setting: 'shop', kx: 'rsa', ...FIXED };

async function openCertificates(page, site, query = RUN) {
  await open(page, site, hash('certificate', query));
  await expect(card(page)).toBeVisible();
}

function card(page) {
  return page.getByRole('region', { name: 'What the certificate says' });
}

/** What stands behind a name on the card. */
function entry(page, name) {
  return card(page).locator('.card__row').filter({ has: page.locator('dt').getByText(name, { exact: true }) })
    .getByRole('definition');
}

function tab(page, name) {
  return page.getByRole('tablist', { name: 'The certificates of the run' }).getByRole('tab', { name });
}

function dump(page) {
  return page.getByRole('application', { name: /^The bytes of: / });
}

function fields(page) {
  return page.getByRole('tree', { name: /^The fields of: / });
}

/** What the bytes that light up spell. */
async function litText(page) {
  return Buffer.from((await lit(page)).hex, 'hex').toString('latin1');
}

/** The byte that the keyboard is at. */
function cursor(page) {
  return dump(page).locator('.hex__run--cursor');
}

test('says the eight things, and what is not in it', async ({ page, site, problems }) => {
  await openCertificates(page, site);
  await expect(page.getByRole('heading', { level: 1, name: 'What a certificate says' })).toBeVisible();
  await expect(card(page).getByRole('term')).toHaveText([
    'Subject domain', 'Subject organisation', 'Issuing CA', 'Alternative names', 'Issue date', 'Expiry date',
    'Public key', 'The CA’s signature', 'Private key',
  ]);
  await expect(entry(page, 'Subject domain')).toContainText('shop.example');
  await expect(entry(page, 'Subject organisation')).toContainText(/\w{3,}/);
  await expect(entry(page, 'Issuing CA')).toContainText('Demo Issuing CA');
  await expect(entry(page, 'Alternative names')).toContainText('shop.example');
  await expect(entry(page, 'Issue date')).toContainText(/^\d{1,2} \w+ 2026, \d\d:\d\d UTC/);
  await expect(entry(page, 'Expiry date')).toContainText(/^\d{1,2} \w+ 2027, \d\d:\d\d UTC/);
  await expect(entry(page, 'Public key')).toContainText('RSA');
  await expect(entry(page, 'The CA’s signature')).toContainText(/, \d+ bytes/);
  await expect(entry(page, 'Private key')).toContainText('not in it');
  await expect(page.getByRole('main')).toContainText('sends this certificate in the handshake');
  expect(problems).toEqual([]);
});

test('the certificates of a run are a click or an arrow key apart', async ({ page, site, problems }) => {
  await openCertificates(page, site);
  await expect(tab(page, SERVER)).toHaveAttribute('aria-selected', 'true');
  await tab(page, ISSUER).click();
  await expect(entry(page, 'Issuing CA')).toContainText('Demo Root CA');
  await says(page, 'certificate', '2');
  await page.keyboard.press('ArrowRight');
  await expect(tab(page, ROOT)).toBeFocused();
  await expect(tab(page, ROOT)).toHaveAttribute('aria-selected', 'true');
  await expect(page.getByRole('main')).toContainText('This certificate does not travel');
  await says(page, 'certificate', '3');
  // The address opens the same one again.
  await page.reload();
  await settled(page);
  await expect(tab(page, ROOT)).toHaveAttribute('aria-selected', 'true');
  await tab(page, ROOT).focus();
  await page.keyboard.press('ArrowRight');
  await expect(tab(page, SERVER)).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('End');
  await expect(tab(page, ROOT)).toBeFocused();
  await page.keyboard.press('Home');
  await expect(tab(page, SERVER)).toBeFocused();
  await expect(entry(page, 'Subject domain')).toContainText('shop.example');
  expect(problems).toEqual([]);
});

test('an authority has no domain, and its name is not given out for one', async ({ page, site, problems }) => {
  await openCertificates(page, site, { ...RUN, certificate: 2 });
  await expect(entry(page, 'Subject (an authority)')).toContainText('Demo Issuing CA');
  await expect(entry(page, 'Subject domain')).toHaveCount(0);
  expect(problems).toEqual([]);
});

test('where the server asks, the client’s certificate is there too', async ({ page, site, problems }) => {
  await openCertificates(page, site, { ...RUN, setting: 'payroll' });
  await expect(entry(page, 'Subject domain')).toContainText('payroll.example');
  await tab(page, /^The client.s certificate$/).click();
  await expect(entry(page, 'Subject domain')).toContainText('hr.example');
  await expect(page.getByRole('main')).toContainText('hr.example sends this certificate in the handshake');
  expect(problems).toEqual([]);
});

test('pointing at a field lights up its bytes, and pointing at bytes their field', async ({ page, site, problems }) => {
  await openCertificates(page, site);
  await expect(page.locator('.hex__run--lit')).toHaveCount(0);
  const all = fields(page).getByRole('treeitem');
  await all.first().hover();
  await expect.poll(() => lit(page)).toEqual({ at: 0, hex: expect.stringMatching(/^3082[0-9a-f]{100,}$/) });

  // Byte 0 is the innermost field's that has it: the tag of the whole.
  await dump(page).locator('[data-at="0"]').hover();
  await expect(page.locator('.artefact__detail')).toContainText('byte');
  await expect.poll(() => lit(page)).toEqual({ at: 0, hex: '30' });

  // Away with the pointer, away with the light.
  await page.getByRole('heading', { level: 1 }).hover();
  await expect(page.locator('.hex__run--lit')).toHaveCount(0);

  // What is clicked stays lit, in both.
  const issuer = all.filter({ hasText: /^issuer/ }).first();
  await issuer.click();
  await page.getByRole('heading', { level: 1 }).hover();
  await expect(issuer).toHaveAttribute('aria-selected', 'true');
  await expect.poll(() => litText(page)).toContain('Demo Issuing CA');
  expect(problems).toEqual([]);
});

test('bytes and fields lead to each other by keyboard', async ({ page, site, problems }) => {
  await openCertificates(page, site);
  await tabTo(page, dump(page));
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect(cursor(page)).toHaveAttribute('data-at', '1');
  await page.keyboard.press('ArrowDown');
  await expect(cursor(page)).toHaveAttribute('data-at', '17');
  await expect(fields(page).getByRole('treeitem', { selected: true })).toHaveCount(1);
  // It is said, not only shown.
  await expect(page.locator('.artefact [aria-live="polite"]')).toContainText(/^Byte 17, [0-9a-f]{2}: /);
  await page.keyboard.press('Control+End');
  await expect.poll(async () => Number(await cursor(page).getAttribute('data-at'))).toBeGreaterThan(400);
  await page.keyboard.press('Control+Home');
  await expect(cursor(page)).toHaveAttribute('data-at', '0');

  await tabTo(page, fields(page));
  await page.keyboard.press('Home');
  const selected = fields(page).getByRole('treeitem', { selected: true });
  await expect(selected).toHaveAttribute('aria-level', '1');
  await expect.poll(async () => (await lit(page)).at).toBe(0);
  // The tree says which of its items the reader is at.
  await expect(fields(page)).toHaveAttribute('aria-activedescendant', await selected.getAttribute('id'));
  await page.keyboard.press('ArrowLeft');
  await expect(selected).toHaveAttribute('aria-expanded', 'false');
  await expect(fields(page).getByRole('treeitem')).toHaveCount(1);
  await page.keyboard.press('ArrowRight');
  await expect(selected).toHaveAttribute('aria-expanded', 'true');
  await page.keyboard.press('ArrowRight');
  await expect(selected).toHaveAttribute('aria-level', '2');
  await page.keyboard.press('End');
  await expect(fields(page).getByRole('treeitem').last()).toHaveAttribute('aria-selected', 'true');
  await expect.poll(async () => (await lit(page)).hex).not.toBe('');
  expect(problems).toEqual([]);
});

for (const { name, holds } of [
  { name: 'Issuing CA', holds: 'Demo Issuing CA' },
  { name: 'Alternative names', holds: 'shop.example' },
]) {
  test(`the card leads to the bytes: ${name}`, async ({ page, site, problems }) => {
    await openCertificates(page, site);
    await entry(page, name).getByRole('button', { name: `Show the bytes: ${name}` }).click();
    await expect(fields(page).getByRole('treeitem', { selected: true })).toHaveCount(1);
    await expect.poll(() => litText(page)).toContain(holds);
    await expect(dump(page)).toBeInViewport();
    expect(problems).toEqual([]);
  });
}

test('leads back to the same handshake', async ({ page, site, problems }) => {
  await openCertificates(page, site);
  await page.getByRole('link', { name: 'See it in the handshake' }).click();
  // To the step in which this certificate is checked.
  await expect(place(page)).toHaveText(/^Step 3 of 12/);
  await says(page, 'seed', FIXED.seed);
  await says(page, 'date', FIXED.date);
  expect(problems).toEqual([]);
});

test('the way back by the header is to where the reader was', async ({ page, site, problems }) => {
  await openStory(page, site, { setting: 'shop', kx: 'rsa', step: 3 });
  await control(page, 'Next step').click();
  await stepTab(page, 'Bytes').click();
  const pages = page.getByRole('navigation');
  await pages.getByRole('link', { name: 'Certificate' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('certificate');
  await pages.getByRole('link', { name: 'Handshake' }).click();
  await expect(place(page)).toHaveText(/^Step 4 of 12/);
  await expect(stepTab(page, 'Bytes')).toHaveAttribute('aria-selected', 'true');
  expect(problems).toEqual([]);
});

for (const { asked, notice } of [
  { asked: 9, notice: 'The address asks for certificate 9, but this run has 3. The last one is shown instead.' },
  { asked: 'root', notice: 'The address asks for certificate “root”, which is not a number from 1.' },
]) {
  test(`a bad link is told in words: certificate=${asked}`, async ({ page, site, problems }) => {
    await openCertificates(page, site, { ...RUN, certificate: asked });
    await expect(page.getByRole('main').getByRole('status').filter({ hasText: 'instead' })).toContainText(notice);
    expect(problems).toEqual([]);
  });
}
