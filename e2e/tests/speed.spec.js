// The page that measures: one RSA operation against one AES record, in this browser, now.

import { expect, test, watch } from '../support/test.js';
import { open } from '../support/story.js';

const ROUNDS = 15;

test('measures both kinds of keys and draws the ratio', async ({ page, site, problems }) => {
  await open(page, site, '#/speed');
  await expect(page.getByRole('heading', { level: 1, name: 'Why two kinds of keys?' })).toBeVisible();
  const measure = page.locator('.measure');
  await expect(measure).toHaveAttribute('aria-busy', 'false');

  const ratio = Number((await measure.locator('.measure__ratio strong').innerText()).replace(/\D/g, ''));
  await expect(measure.getByRole('term')).toHaveText([
    'One RSA operation with the private key, 2048 bits', 'One record of 16 KiB, encrypted with AES-128-GCM',
  ]);
  const times = measure.getByRole('definition');
  const [rsa, aes] = (await times.allTextContents()).map((text) => Number(/([\d.,]+) µs/.exec(text)[1].replace(/,/g, '')));
  expect(rsa).toBeGreaterThan(aes);
  expect(aes).toBeGreaterThan(0);
  // What is said is what was measured; the numbers shown are rounded.
  const numbers = /of ([\d,]+) bytes; the record carries ([\d,]+) bytes/.exec(await measure.innerText());
  const [secret, record] = numbers.slice(1).map((number) => Number(number.replace(/,/g, '')));
  const perByte = (rsa / secret) / (aes / record);
  expect(Math.abs(ratio - perByte)).toBeLessThan(0.05 * ratio + 1);

  // And what is drawn: the longer bar is full, the other as long as the ratio says.
  const width = async (at) => {
    const { width: drawn } = await measure.locator('.measure__fill').nth(at).boundingBox();
    const { width: full } = await measure.locator('.measure__track').nth(at).boundingBox();
    return drawn / full;
  };
  expect(await width(0)).toBeCloseTo(1, 2);
  expect(Math.abs((await width(1)) - aes / rsa)).toBeLessThan(0.01);
  expect(problems).toEqual([]);
});

test('measures again when asked to', async ({ page, site, problems }) => {
  await open(page, site, '#/speed');
  const measure = page.locator('.measure');
  await expect(measure).toHaveAttribute('aria-busy', 'false');
  const again = page.getByRole('button', { name: 'Measure again' });
  await expect(again).not.toHaveAttribute('aria-disabled', 'true');
  // A fast machine is done before anybody could look.
  const seen = await watch(page, () => {
    const [told, button] = document.querySelectorAll('.measure, .measure + button');
    return `${told.textContent} ${button.ariaDisabled === 'true' ? '(no button)' : '(a button)'}`;
  });
  await again.click();
  await expect.poll(async () => (await seen()).length).toBe(ROUNDS + 2);
  expect(await seen()).toEqual([
    expect.stringMatching(/ \(a button\)$/),
    ...Array.from({ length: ROUNDS }, (_, at) => `Measuring, round ${at + 1} of ${ROUNDS} … (no button)`),
    expect.stringMatching(/ \(a button\)$/),
  ]);
  await expect(measure.locator('.measure__ratio')).toBeVisible();
  expect(problems).toEqual([]);
});
