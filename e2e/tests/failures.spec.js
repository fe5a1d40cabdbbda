// The gallery of failures: each is tried in the page, told in words, and played by its link.

import { expect, test, violations, watch } from '../support/test.js';
import { FIXED, hash, open, place, says, title } from '../support/story.js';

const CASES = 27;

const card = (page, name) => page.getByRole('listitem').filter({ has: page.getByRole('heading', { level: 3, name, exact: true }) });

async function openGallery(page, site) {
  await open(page, site, '#/failures');
  await expect(page.getByRole('status').filter({ hasText: 'tried' })).toHaveText(`${CASES} of ${CASES} tried`);
}

test('tries every failure here and now', async ({ page, site, problems }) => {
  await openGallery(page, site);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('What can be wrong with a certificate');
  await expect(page.locator('.failures__card')).toHaveCount(CASES);
  await expect(page.locator('.failures__verdict--good')).toHaveCount(2);
  await expect(page.locator('.failures__verdict--bad')).toHaveCount(CASES - 2 + 1);
  const revoked = card(page, 'Revoked');
  // What is the same in both is said once.
  await expect(revoked).toContainText('TLS 1.2 and TLS 1.3: refused, alert certificate_revoked, number 44');
  await expect(revoked.getByText('refused')).toHaveCount(1);
  const missing = card(page, 'None at all the client’s certificate');
  await expect(missing).toContainText('TLS 1.2: refused, alert handshake_failure, number 40');
  await expect(missing).toContainText('TLS 1.3: refused, alert certificate_required, number 116');
  await revoked.getByText('What others call it').click();
  await expect(revoked).toContainText('ERR_CERT_REVOKED');
  await expect(card(page, 'Wrong order')).toContainText('TLS 1.3: accepted');
  await expect(card(page, 'Common name only')).toContainText('OpenSSL, left to itself');
  expect(problems).toEqual([]);
});

test('a card leads to its handshake, by the keyboard too', async ({ page, site, problems }) => {
  await openGallery(page, site);
  const dates = page.getByRole('group', { name: 'Show' }).getByRole('button', { name: 'Dates' });
  await dates.focus();
  await page.keyboard.press('Enter');
  await expect(dates).toHaveAttribute('aria-pressed', 'true');
  await expect(page.locator('.failures__card')).toHaveCount(3);
  await page.getByRole('button', { name: 'Cryptography' }).press('Space');
  const link = page.getByRole('link', { name: 'See it in the handshake: Broken signature' });
  await link.focus();
  await page.keyboard.press('Enter');
  // It opens where it is refused.
  await expect(place(page)).toContainText('Step 4 of 4');
  await expect(page.getByRole('combobox', { name: 'The server’s certificate' })).toHaveValue('5');
  await expect(title(page)).toHaveText('The browser refuses the connection');
  await expect(title(page)).toBeInViewport();
  await expect(page.locator('main')).toContainText('the signature on your certificate does not fit');
  expect(problems).toEqual([]);
});

test('what was tried and what is shown are there when one comes back', async ({ page, site, problems }) => {
  await openGallery(page, site);
  await says(page, 'show', 'all');
  await page.getByRole('group', { name: 'Show' }).getByRole('button', { name: 'Dates' }).click();
  await says(page, 'show', 'dates');
  await page.getByRole('link', { name: 'See it in the handshake: Not yet valid' }).click();
  await expect(title(page)).toHaveText('The browser refuses the connection');
  // What is tried again would be told from 0 on.
  const progress = await watch(page, () => /\d+ of \d+ tried/.exec(document.body.textContent)?.[0] ?? 'another page');
  await page.goBack();
  await expect(page.locator('.failures__card')).toHaveCount(3);
  // One is where one was: at the link that one followed.
  const left = page.getByRole('link', { name: 'See it in the handshake: Not yet valid' });
  await expect(left).toBeFocused();
  await expect(left).toBeInViewport();
  await expect(page.getByText(`${CASES} of ${CASES} tried`)).toBeVisible();
  expect(await progress()).toEqual(['another page', `${CASES} of ${CASES} tried`]);
  await page.getByRole('link', { name: 'Two kinds of keys', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Why two kinds of keys?' })).toBeVisible();
  await page.getByRole('link', { name: 'Failures', exact: true }).click();
  await expect(page.locator('.failures__card')).toHaveCount(3);
  await says(page, 'show', 'dates');
  // That was for once: from the menu the page begins at its beginning.
  await expect(page.locator('main')).toBeFocused();
  // An address says it too.
  await open(page, site, hash('failures', { show: 'revocation' }));
  await expect(page.getByRole('button', { name: 'Revocation' })).toHaveAttribute('aria-pressed', 'true');
  await expect(page.locator('.failures__card')).toHaveCount(3);
  await open(page, site, hash('failures', { show: 'everything' }));
  await expect(page.getByRole('status').filter({ hasText: 'everything' })).toBeVisible();
  expect(problems).toEqual([]);
});

test('a link of the classic key exchange loads what it needs', async ({ page, site, problems }) => {
  const asked = [];
  page.on('request', (request) => { if (request.url().endsWith('.wasm')) { asked.push(request.url()); } });
  await open(page, site, hash('handshake', { kx: 'rsa', cert: 'self-signed', step: 4, ...FIXED }));
  await expect(title(page)).toHaveText('The browser refuses the connection');
  await expect(page.locator('main')).toContainText('unknown_ca');
  expect(asked).toHaveLength(1);
  // From the first program on: its address wants more, and it asks for it.
  asked.length = 0;
  await open(page, site, hash('handshake', { kx: 'rsa', ...FIXED }));
  await page.evaluate((where) => { location.hash = where; }, hash('handshake', { kx: 'rsa', cert: 'weak-key', step: 4, ...FIXED }));
  await expect(page.locator('main')).toContainText('rests on a key that is too short');
  expect(asked).toHaveLength(2);
  expect(problems).toEqual([]);
});

for (const colorScheme of ['light', 'dark']) {
  test(`is for everyone: ${colorScheme}`, async ({ page, site, problems }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await openGallery(page, site);
    await page.getByText('What others call it').first().click();
    expect(await violations(page)).toEqual([]);
    expect(problems).toEqual([]);
  });
}

test('nothing sticks out at 320 pixels', async ({ page, site, problems }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await openGallery(page, site);
  for (const summary of await page.getByText('What others call it').all()) { await summary.click(); }
  const { wide, narrow } = await page.evaluate(() => ({
    wide: document.documentElement.scrollWidth, narrow: document.documentElement.clientWidth,
  }));
  expect(wide).toBe(narrow);
  expect(problems).toEqual([]);
});
