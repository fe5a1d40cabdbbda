// TLS 1.3 in the story, two handshakes side by side, and the thief.

import { expect, test, violations } from '../support/test.js';
import { FIXED, control, hash, open, openStory, place, says, tab, title, view } from '../support/story.js';

const RUNS = { timeout: 60_000 };

test('plays TLS 1.3 from its link to its end', async ({ page, site, problems }) => {
  await openStory(page, site, { kx: 'tls13', ...FIXED });
  await expect(place(page)).toContainText('Step 1 of 15');
  for (const theme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme: theme });
    expect(await violations(page)).toEqual([]);
  }
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect(title(page)).toHaveText('Both make keys for the rest of the handshake');
  await tab(page, 'What was computed').click();
  await expect(view(page)).toContainText('HKDF-Extract(derived_secret_1, shared_secret)');
  await page.locator('body').press('End');
  await expect(title(page)).toHaveText('The shop says goodbye');
  await expect(control(page, 'Forward')).toHaveAttribute('aria-disabled', 'true');
  await page.getByRole('link', { name: 'The same by TLS 1.3, resumed' }).click();
  await expect(place(page)).toContainText('of 13', RUNS);
  expect(problems).toEqual([]);
});

test('stands two handshakes side by side', async ({ page, site, problems }) => {
  await open(page, site, hash('compare', FIXED));
  const facts = page.getByRole('table', { name: 'What each costs, shows and proves' });
  await expect(facts).toBeVisible(RUNS);
  const data = facts.getByRole('row', { name: /^The client can send its first data after/ });
  await expect(data.getByRole('cell')).toHaveText(['2 round trips', '1 round trip']);
  for (const theme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme: theme });
    expect(await violations(page)).toEqual([]);
  }
  const now = page.locator('[aria-current="step"]');
  await expect(now).toHaveCount(1);
  await expect(now.getByRole('strong')).toHaveCount(2);
  await page.locator('body').press('ArrowRight');
  await expect(page.getByText(/^Row 2 of \d+$/)).toBeVisible();
  await page.getByRole('combobox', { name: 'On the left' }).selectOption('ecdhe');
  await says(page, 'left', 'ecdhe');
  await expect(page.getByText(/^Row 1 of \d+$/)).toBeVisible();
  await now.getByRole('link', { name: /^Look into this step: / }).last().click();
  await expect(place(page)).toContainText('Step 1 of 15', RUNS);
  expect(problems).toEqual([]);
});

test('shows the comparison on a phone', async ({ page, site, problems }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await open(page, site, hash('compare', FIXED));
  await expect(page.getByRole('table')).toBeVisible(RUNS);
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(wider).toBeLessThanOrEqual(0);
  expect(await violations(page)).toEqual([]);
  expect(problems).toEqual([]);
});

test('lets the thief read what RSA key transport carried, and nothing else', async ({ page, site, problems }) => {
  await open(page, site, hash('thief', FIXED));
  const steal = page.getByRole('button', { name: 'Steal the server’s private key' });
  await expect(steal).toBeVisible(RUNS);
  await expect(page.locator('main')).not.toContainText('Here is a sample.');
  await steal.focus();
  await page.keyboard.press('Enter');
  await expect(page.locator('main')).toContainText('The thief opens 6 of 6 encrypted records.');
  await expect(page.locator('main')).toContainText('Here is a sample.');
  for (const theme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme: theme });
    expect(await violations(page)).toEqual([]);
  }
  await page.getByRole('button', { name: 'TLS 1.2, ECDHE' }).click();
  await says(page, 'case', 'ecdhe');
  await expect(steal).toBeVisible(RUNS);
  await steal.click();
  await expect(page.locator('main')).toContainText('The thief opens 0 of 6 encrypted records.');
  await expect(page.locator('main')).not.toContainText('Here is a sample.');
  expect(problems).toEqual([]);
});

test('sends early data a second time', async ({ page, site, problems }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await open(page, site, hash('thief', { case: 'ticket', ...FIXED }));
  await page.getByRole('button', { name: 'Send it again' }).click(RUNS);
  await expect(page.getByText(/taken, and handed to the application/)).toHaveCount(3);
  await expect(page.getByText('Attempt 2: not taken.')).toHaveCount(1);
  await page.getByRole('button', { name: 'Steal the key of the server’s tickets' }).click();
  await expect(page.locator('main')).toContainText('The thief opens 2 of 9 encrypted records.');
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(wider).toBeLessThanOrEqual(0);
  expect(await violations(page)).toEqual([]);
  expect(problems).toEqual([]);
});
