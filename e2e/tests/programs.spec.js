// The deployed page has two programs: the first visit loads the smaller one, and whoever wants more gets the
// complete one in its place.

import { expect, settled, started, test, watch } from '../support/test.js';
import { clientRandom, FIXED, openStory, place, says, title } from '../support/story.js';

/** Which wasm files the page has asked for: 'first' or 'complete', in order. */
function programs(page) {
  const asked = [];
  page.on('request', (request) => {
    const file = new URL(request.url()).pathname.split('/').pop();
    if (file.endsWith('.wasm')) { asked.push(file.startsWith('first') ? 'first' : 'complete'); }
  });
  return asked;
}

const exchange = (page) => page.getByRole('combobox', { name: 'Key exchange' });

test('a first visit loads the first program, and the classic handshake needs no more', async ({ page, site, problems }) => {
  const asked = programs(page);
  await page.goto(site.url());
  await settled(page);
  await expect(place(page)).toContainText('Step 1 ');
  await page.locator('body').press('End');
  await expect(title(page)).toHaveText('The shop says goodbye');
  await page.getByRole('combobox', { name: 'Who talks to whom' }).selectOption('Two servers exchange payroll data');
  // Another run is shown where the reader stands.
  await expect(place(page)).toContainText('Step 15 of 15');
  await expect(title(page)).toHaveText('The payroll server says goodbye');
  expect(asked).toEqual(['first']);
  expect(problems).toEqual([]);
});

test('what the first program cannot do, the complete one does in its place', async ({ page, site, problems }) => {
  const asked = programs(page);
  await openStory(page, site, { ...FIXED, setting: 'shop', kx: 'rsa' });
  const before = await clientRandom(page);
  await exchange(page).focus();
  await exchange(page).selectOption('TLS 1.2, ECDHE');
  await says(page, 'kx', 'ecdhe');
  await settled(page);
  await expect(page.locator('#app > *')).toHaveCount(1);
  await expect(exchange(page)).toBeFocused();
  await expect(exchange(page).locator('option:checked')).toHaveText('TLS 1.2, ECDHE');
  // Only one program answers: one key, one step.
  await expect(place(page)).toContainText('Step 1 of 12');
  await title(page).focus();
  await page.keyboard.press('ArrowRight');
  await expect(place(page)).toContainText('Step 2 of 12');
  // The complete one can do all that the first could: the same link gives the same bytes.
  await page.keyboard.press('Home');
  await exchange(page).selectOption('TLS 1.2, RSA key transport');
  await says(page, 'kx', 'rsa');
  expect(await clientRandom(page)).toBe(before);
  expect(asked).toEqual(['first', 'complete']);
  expect(problems).toEqual([]);
});

test('a link that needs the complete program loads that alone', async ({ page, site, problems }) => {
  const asked = programs(page);
  await openStory(page, site, { ...FIXED, setting: 'payroll', kx: 'ecdhe' });
  await expect(place(page)).toContainText('Step 1');
  expect(asked).toEqual(['complete']);
  expect(problems).toEqual([]);
});

test('the page on the two kinds of keys is left to the complete program', async ({ page, site, problems }) => {
  const asked = programs(page);
  await openStory(page, site, { ...FIXED, setting: 'shop', kx: 'rsa' });
  await page.getByRole('link', { name: 'Two kinds of keys' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Why two kinds of keys?' })).toBeVisible();
  expect(asked).toEqual(['first', 'complete']);
  await page.goBack();
  await expect(place(page)).toContainText('Step 1 of 12');
  expect(problems).toEqual([]);
});

test('another handshake begins at its first step, and another run at the step where the reader is', async ({ page, site, problems }) => {
  await openStory(page, site, { ...FIXED, setting: 'shop', kx: 'rsa' });
  await page.locator('body').press('End');
  await expect(place(page)).toContainText('Step 12 of 12');
  await exchange(page).selectOption('TLS 1.3');
  await says(page, 'kx', 'tls13');
  await expect(place(page)).toContainText('Step 1 of 15');
  await says(page, 'step', '1');
  await page.locator('body').press('End');
  await expect(place(page)).toContainText('Step 15 of 15');
  await exchange(page).selectOption('TLS 1.2, ECDHE');
  await expect(place(page)).toContainText(/Step 1 of 1[0-4]/);
  expect(problems).toEqual([]);
});

test('the first program leaves it to the complete one to save a run, at the same place', async ({ page, site, problems }) => {
  const asked = programs(page);
  await openStory(page, site, { ...FIXED, setting: 'shop', kx: 'rsa' });
  await page.locator('body').press('End');
  await page.getByRole('button', { name: 'As files: keys, packets, JSON' }).press('Enter');
  const save = page.getByRole('button', { name: 'Save padlock-keys.log' });
  await expect(save).toBeFocused();
  await expect(place(page)).toContainText('Step 12 of 12');
  expect(asked).toEqual(['first', 'complete']);
  expect(problems).toEqual([]);
});

test('the complete program draws when its styles are there, and a first visit does without them', async ({ page, site, problems }) => {
  const styles = [];
  page.on('request', (request) => {
    const file = new URL(request.url()).pathname.split('/').pop();
    if (file.endsWith('.css')) { styles.push(file.split('-')[0]); }
  });
  let release;
  const held = new Promise((resolve) => { release = resolve; });
  await page.route(/complete-[^/]*\.css$/, async (route) => {
    await held;
    await route.continue();
  });
  await openStory(page, site, { ...FIXED, setting: 'shop', kx: 'rsa' });
  expect(styles).toEqual(['padlock']);
  const drawn = await watch(page, () => {
    const opener = document.querySelector('.opener');
    return opener ? getComputedStyle(opener).borderTopStyle : 'not there';
  });
  const program = page.waitForResponse(/padlock-[^/]*\.wasm$/);
  await page.getByRole('link', { name: 'Read', exact: true }).click();
  await (await program).finished();
  await expect.poll(() => styles).toEqual(['padlock', 'complete']);
  // The program is here, its styles are not: the page waits.
  await expect(page.locator('html')).toHaveAttribute('data-padlock', 'loading');
  await expect(page.locator('.opener')).toHaveCount(0);
  release();
  await started(page);
  // With its styles from the first moment.
  await expect.poll(drawn).toEqual(['not there', 'dashed']);
  expect(problems).toEqual([]);
});

for (const [part, files] of [['program', /padlock-[^/]*\.wasm$/], ['styles', /complete-[^/]*\.css$/]]) {
  test(`says so when the rest cannot be loaded for want of its ${part}, and stays usable`, async ({ page, site }) => {
    await page.route(files, (route) => route.abort());
    await openStory(page, site, { ...FIXED, setting: 'shop', kx: 'rsa' });
    await exchange(page).selectOption('TLS 1.2, ECDHE');
    await expect(page.getByRole('alert')).toContainText('The rest of Padlock could not be loaded');
    await exchange(page).selectOption('TLS 1.2, RSA key transport');
    await settled(page);
    await page.locator('body').press('End');
    await expect(title(page)).toHaveText('The shop says goodbye');
    // A second try may succeed.
    await page.unroute(files);
    await exchange(page).selectOption('TLS 1.2, ECDHE');
    await settled(page);
    await expect(place(page)).toContainText('Step 1 ');
    await says(page, 'kx', 'ecdhe');
    await expect(page.getByRole('alert')).toHaveCount(0);
  });
}
