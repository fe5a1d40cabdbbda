// The workshop: a chain is made, broken, used in a handshake, taken along; RSA keys beside the page.

import { readFile } from 'node:fs/promises';
import { expect, picture, settled, test, violations } from '../support/test.js';
import { hash, open, place, tabTo, title } from '../support/story.js';

async function openWorkshop(page, site) {
  await open(page, site, '#/workshop');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Make your own certificates');
}

const button = (page, name) => page.getByRole('button', { name, exact: true });
const made = (page) => page.getByRole('list', { name: 'Your certificates' }).getByRole('listitem');
const answer = (page) => page.locator('.answer');

const tick = (page, name) => page.getByRole('checkbox', { name, exact: true });
const focused = (page, id) => expect(page.locator(`#${id}`)).toBeFocused();

async function example(page) {
  await button(page, 'Start with an example').click();
  await expect(made(page)).toHaveCount(4);
}

async function useIt(page) {
  await page.getByRole('link', { name: 'Use it in the handshake' }).click();
  await toldAnew(page);
}

/** The handshake is on view, and its story is no longer that of a run before. */
async function toldAnew(page) {
  await expect(place(page)).toContainText('Step 1 ');
  await settled(page);
}

test('a chain is made with a few clicks, broken, and the handshake notices', async ({ page, site, problems }) => {
  await openWorkshop(page, site);
  for (const count of [1, 2, 3]) {
    await button(page, 'Issue it').click();
    await expect(made(page)).toHaveCount(count);
  }
  await expect(answer(page)).toContainText('Believed');
  await useIt(page);
  await expect(page.getByRole('status').filter({ hasText: 'your workshop' })).toBeVisible();
  await page.locator('body').press('End');
  await expect(title(page)).toHaveText('The shop says goodbye');

  // Back in the workshop all is as it was; one thing is changed.
  await page.getByRole('link', { name: 'Go to the workshop' }).click();
  await expect(made(page)).toHaveCount(3);
  await button(page, 'Change it and issue it again').click();
  await tick(page, 'expired').check();
  await button(page, 'Issue it again').click();
  await expect(page.getByRole('status').filter({ hasText: 'would refuse it: Expired on' })).toBeVisible();
  await expect(answer(page)).toContainText('Refused');
  await useIt(page);
  await page.locator('body').press('End');
  await expect(title(page)).toContainText('refuses the connection');
  await expect(page.locator('section[aria-labelledby="step-title"]')).toContainText('certificate_expired');
  expect(problems).toEqual([]);
});

test('what is folded away opens where the reader is led to it', async ({ page, site, problems }) => {
  await openWorkshop(page, site);
  await example(page);
  await expect(page.locator('.hex')).toBeHidden();
  await page.getByRole('button', { name: /^Show the bytes/ }).first().press('Enter');
  await expect(page.locator('#read-bytes')).toBeFocused();
  await expect(page.locator('.hex')).toBeVisible();
  // Folded by hand, it opens again for the next place.
  await page.getByText('Every field and every byte').click();
  await expect(page.locator('.hex')).toBeHidden();
  await page.getByRole('button', { name: /^Show the bytes/ }).nth(1).press('Enter');
  await expect(page.locator('.hex')).toBeVisible();
  expect(problems).toEqual([]);
});

test('own work is not lost: the example is offered where there is none, and starting over can be undone', async ({ page, site, problems }) => {
  await openWorkshop(page, site);
  await page.getByLabel('Common name').fill('Mine');
  await button(page, 'Issue it').click();
  await expect(made(page)).toHaveText(/Mine/);
  await expect(button(page, 'Start with an example')).toHaveCount(0);
  await button(page, 'Start over').press('Enter');
  await expect(made(page)).toHaveCount(0);
  await focused(page, 'workshop-back');
  await button(page, 'Start with an example').press('Enter');
  await expect(made(page)).toHaveCount(4);
  await focused(page, 'workshop-made');
  // The two change places, as often as one likes.
  await button(page, 'Bring back what you made').press('Enter');
  await expect(made(page)).toHaveText(/Mine/);
  await focused(page, 'workshop-back');
  expect(problems).toEqual([]);
});

test('what is broken on purpose is marked, stays in the form and can be mended', async ({ page, site, problems }) => {
  await openWorkshop(page, site);
  await example(page);
  await button(page, 'Change it and issue it again').click();
  await focused(page, 'workshop-form');
  await tick(page, 'for another name').check();
  await expect(page.getByLabel('DNS names and IP addresses')).toHaveValue('other.example');
  await button(page, 'Issue it again').click();
  await expect(made(page).nth(2)).toContainText('Broken: for another name');
  // The same certificate is in the form; the same tick undoes it.
  await expect(page.getByRole('heading', { name: 'Change “other.example” and issue it again' })).toBeVisible();
  await tick(page, 'for another name').uncheck();
  await expect(page.getByLabel('DNS names and IP addresses')).toHaveValue('shop.example www.shop.example');
  await tick(page, 'one bit of the signature flipped').check();
  await button(page, 'Issue it again').click();
  await expect(made(page).nth(2)).toContainText('Broken: one bit of the signature flipped');
  await button(page, 'Mend it and issue it again').press('Enter');
  await expect(page.getByText('Broken: ')).toHaveCount(0);
  await focused(page, 'workshop-issued');
  await expect(answer(page)).toContainText('Believed');
  // Dates the wrong way round are told where they are filled in.
  const last = page.getByLabel('Valid until (UTC)');
  await last.fill('2001-01-01T00:00');
  await expect(last).toHaveAttribute('aria-invalid', 'true');
  await expect(page.getByText('valid at no time at all')).toBeVisible();
  await expect(last).toBeFocused();
  await tick(page, 'ends before it begins').uncheck();
  await expect(last).not.toHaveAttribute('aria-invalid');
  expect(problems).toEqual([]);
});

test('a key that RSA key transport cannot use is told, and what can use it is offered', async ({ page, site, problems }) => {
  await openWorkshop(page, site);
  await example(page);
  await useIt(page);
  const advice = page.getByRole('status').filter({ hasText: 'cannot succeed' });
  await expect(advice).toHaveCount(0);
  const exchange = page.getByRole('combobox', { name: 'Key exchange' });
  const ecdhe = await exchange.inputValue();
  await exchange.selectOption('0');
  await expect(advice).toContainText('no RSA key (ECDSA P-256)');
  await expect(place(page)).toContainText('Step 1 of 2');
  await page.locator('body').press('End');
  await expect(title(page)).toHaveText('The shop refuses the connection');
  await expect(page.getByRole('main')).toContainText('suits my certificate’s key');
  await advice.getByRole('link', { name: 'Play it with ECDHE' }).click();
  await expect(exchange).toHaveValue(ecdhe);
  await expect(advice).toHaveCount(0);
  await settled(page);
  await page.locator('body').press('End');
  await expect(title(page)).toHaveText('The shop says goodbye');
  expect(problems).toEqual([]);
});

test('both sides show what was made, and who is not trusted is not believed', async ({ page, site, problems }) => {
  await openWorkshop(page, site);
  await example(page);
  await expect(answer(page)).toContainText('Believed');
  await page.getByLabel('The client shows').selectOption('4. hr.example');
  await useIt(page);
  await page.locator('body').press('End');
  await expect(title(page)).toHaveText('The shop says goodbye');
  await page.goBack();
  await expect(made(page)).toHaveCount(4);
  await page.getByRole('checkbox', { name: '1. My Root CA' }).uncheck();
  await useIt(page);
  await page.locator('body').press('End');
  await expect(page.locator('section[aria-labelledby="step-title"]')).toContainText('unknown_ca');
  expect(problems).toEqual([]);
});

test('by keyboard alone: example, change, break, issue, use', async ({ page, site, problems }) => {
  await openWorkshop(page, site);
  await tabTo(page, button(page, 'Start with an example'));
  await page.keyboard.press('Enter');
  await expect(made(page)).toHaveCount(4);
  await tabTo(page, button(page, 'Change it and issue it again'));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Change “shop.example” and issue it again' })).toBeVisible();
  await tabTo(page, page.getByRole('checkbox', { name: 'one bit of the signature flipped' }));
  await page.keyboard.press('Space');
  await tabTo(page, button(page, 'Issue it again'));
  await page.keyboard.press('Enter');
  await expect(answer(page)).toContainText('Refused');
  await tabTo(page, page.getByRole('link', { name: 'Use it in the handshake' }));
  await page.keyboard.press('Enter');
  await toldAnew(page);
  await page.keyboard.press('End');
  await expect(page.locator('section[aria-labelledby="step-title"]')).toContainText('bad_certificate');
  expect(problems).toEqual([]);
});

test('an address carries no certificates, and says so', async ({ page, site, problems }) => {
  await open(page, site, hash('handshake', { kx: 'ecdhe', cert: 'own', client: 'own' }));
  await expect(page.getByRole('status').filter({ hasText: 'An address does not carry them' })).toBeVisible();
  await page.locator('body').press('End');
  await expect(title(page)).toHaveText('The shop says goodbye');
  expect(problems).toEqual([]);
});

test('an RSA key is made beside the page, which answers meanwhile, and can be given up', async ({ page, site, problems }) => {
  // How long the search takes is luck. From this randomness it is long, wherever it runs: 1,301 numbers up to the
  // first prime of 2,048 bits, 2,067 up to the second.
  await page.addInitScript(() => { Crypto.prototype.getRandomValues = (bytes) => bytes.fill(3); });
  await openWorkshop(page, site);
  await page.getByLabel('Kind of key').selectOption('RSA 4096');
  await button(page, 'Issue it').click();
  await expect(page.getByRole('progressbar', { name: 'Looking for two primes' })).toBeVisible();
  await expect(page.getByText(/^No prime found so far\. [1-9][\d,]* numbers? drawn/)).toBeVisible();
  await button(page, 'Cancel').press('Enter');
  await expect(page.getByRole('progressbar')).toHaveCount(0);
  await focused(page, 'workshop-issue');
  await expect(made(page)).toHaveCount(0);

  await page.getByLabel('Kind of key').selectOption('RSA 2048');
  await button(page, 'Issue it').click();
  await expect(made(page)).toHaveCount(1);
  await expect(made(page)).toContainText('RSA, 2048 bits, signed by itself');
  // It signs for a server with a key of another kind.
  await page.getByLabel('What it is for').selectOption('Server');
  await button(page, 'Issue it').click();
  await expect(made(page)).toHaveCount(2);
  await expect(answer(page)).toContainText('Believed');
  expect(problems).toEqual([]);
});

test('files and commands are taken along, keys only when asked for', async ({ page, site, problems }) => {
  await openWorkshop(page, site);
  await example(page);
  const commands = page.locator('.workshop__command');
  await expect(commands.first()).toBeHidden();
  await page.getByText('Take it along').click();
  await expect(commands.first()).toContainText('-accept 127.0.0.1:8443');
  await expect(commands.last()).toContainText('-servername shop.example');
  for (const command of await commands.allInnerTexts()) { expect(command).toMatch(/^(.{1,34} \\\n)+.{1,34}$/); }
  await expect(button(page, 'Save server.key')).toHaveCount(0);
  await button(page, 'Show the private keys').click();
  for (const [name, label] of [['server.pem', 'CERTIFICATE'], ['server.key', 'PRIVATE KEY']]) {
    const download = page.waitForEvent('download');
    await button(page, `Save ${name}`).click();
    const file = await download;
    expect(file.suggestedFilename()).toBe(name);
    expect(await readFile(await file.path(), 'utf8')).toMatch(new RegExp(`^-----BEGIN ${label}-----\n`));
  }
  expect(problems).toEqual([]);
});

test('what cannot be issued says why', async ({ page, site, problems }) => {
  await openWorkshop(page, site);
  await example(page);
  await page.getByLabel('DNS names and IP addresses').fill('café.example');
  await button(page, 'Issue it').click();
  await expect(page.getByRole('status').filter({ hasText: 'xn--' })).toBeVisible();
  await expect(made(page)).toHaveCount(4);
  expect(problems).toEqual([]);
});

for (const colorScheme of ['light', 'dark']) {
  test(`axe finds nothing, and nothing sticks out: ${colorScheme}`, async ({ page, site, problems }) => {
    await page.emulateMedia({ colorScheme });
    await openWorkshop(page, site);
    expect(await violations(page)).toEqual([]);
    await example(page);
    await page.getByText('Usages and constraints').click();
    await page.getByText('Take it along').click();
    await button(page, 'Show the private keys').click();
    await button(page, 'Change it and issue it again').click();
    await tick(page, 'ends before it begins').check();
    await button(page, 'Issue it again').click();
    await expect(made(page).nth(2)).toContainText('Broken: ends before it begins');
    expect(await violations(page)).toEqual([]);
    await picture(page, `workshop-desktop-${colorScheme}`);
    for (const width of [360, 320]) {
      await page.setViewportSize({ width, height: 740 });
      const wide = await page.evaluate(() => {
        const { scrollWidth, clientWidth } = document.documentElement;
        const out = (element) => element.getBoundingClientRect().right > clientWidth + 1
          && !element.closest('.artefact, .compare__scroll, .visually-hidden');
        return scrollWidth > clientWidth ? [...document.querySelectorAll('body *')].filter(out).map((e) => `${e.tagName}.${e.className}`) : [];
      });
      expect(wide, `${width}`).toEqual([]);
    }
    await picture(page, `workshop-phone-${colorScheme}`);
    expect(problems).toEqual([]);
  });
}
