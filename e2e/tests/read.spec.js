// Any certificate: pasted, chosen, dropped; read, judged and compared.

import { expect, picture, settled, test, violations } from '../support/test.js';
import { open, tabTo } from '../support/story.js';

async function openReader(page, site) {
  await open(page, site, '#/read');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Read any certificate');
}

function field(page) {
  return page.getByRole('textbox', { name: 'Certificates as text' });
}

function items(page) {
  return page.locator('.found').getByRole('button');
}

function answer(page) {
  return page.locator('.answer');
}

/** The demonstration's chain in PEM, as the page itself makes it. */
async function chain(page) {
  await page.getByRole('button', { name: 'the shop’s certificates' }).click();
  await expect(items(page)).toHaveCount(3);
  await expect(field(page)).toHaveValue(/^(-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----\n){3}$/);
  return field(page).inputValue();
}

test('opens in the complete program at once, and is in the navigation', async ({ page, site, problems }) => {
  await openReader(page, site);
  const link = page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Read' });
  await expect(link).toHaveAttribute('aria-current', 'page');
  await expect(page.getByRole('main')).toContainText('Nothing leaves this page');
  expect(problems).toEqual([]);
});

test('comes to the page from the first program', async ({ page, site, problems }) => {
  await open(page, site, '#/handshake');
  await page.getByRole('link', { name: 'Read', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Read any certificate');
  expect(problems).toEqual([]);
});

test('reads what is pasted, and asks nobody', async ({ page, site, problems }) => {
  await openReader(page, site);
  const pem = await chain(page);
  await page.getByRole('button', { name: 'Clear all' }).click();
  await expect(items(page)).toHaveCount(0);
  const requests = [];
  page.on('request', (request) => requests.push(request.url()));
  await field(page).fill(`Dear colleague,\nhere they are:\n\n${pem}\nRegards`);
  await expect(items(page)).toHaveCount(3);
  await expect(items(page).first()).toContainText('shop.example');
  await expect(items(page).first()).toContainText('line 4');
  await expect(answer(page)).toContainText('Believed');
  expect(requests).toEqual([]);
  // Nothing of it stands in the address.
  expect(new URL(page.url()).hash).toBe('#/read');
  expect(problems).toEqual([]);
});

test('leads to a letter that was changed by hand', async ({ page, site, problems }) => {
  await openReader(page, site);
  const pem = await chain(page);
  // One digit of base64 in the shop’s certificate, somewhere in the middle of its key.
  const at = pem.indexOf('\n') + 400;
  const other = pem[at] === 'A' ? 'B' : 'A';
  await field(page).fill(pem.slice(0, at) + other + pem.slice(at + 1));
  await expect(answer(page)).toContainText('Refused');
  const show = page.getByRole('button', { name: /^Show it: byte \d+$/ });
  await show.press('Enter');
  await expect(page.locator('#read-bytes')).toBeFocused();
  const changed = page.locator('.hex__run--changed');
  // Its pane is scrolled to it.
  await expect.poll(() => changed.first().evaluate((byte) => {
    const [inner, pane] = [byte, byte.closest('.hex')].map((one) => one.getBoundingClientRect());
    return inner.top >= pane.top && inner.bottom <= pane.bottom;
  })).toBe(true);
  const byte = Number((await show.textContent()).match(/\d+/)[0]);
  await expect(changed.first()).toHaveAttribute('data-at', String(byte));
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme });
    expect(await violations(page)).toEqual([]);
  }
  await field(page).fill(pem);
  await expect(changed).toHaveCount(0);
  expect(problems).toEqual([]);
});

test('opens files that are chosen, several at once, and the same again', async ({ page, site, problems }) => {
  await openReader(page, site);
  const pem = await chain(page);
  await page.getByRole('button', { name: 'Clear all' }).click();
  const [shop, issuing] = pem.match(/-----BEGIN[^]*?-----END CERTIFICATE-----\n/g);
  const der = Buffer.from(shop.replace(/-----.*-----|\s/g, ''), 'base64');
  const files = [
    { name: 'shop.der', mimeType: 'application/octet-stream', buffer: der },
    { name: 'issuing.pem', mimeType: 'text/plain', buffer: Buffer.from(issuing) },
    { name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('milk, bread') },
  ];
  await page.locator('#read-files').setInputFiles(files);
  await expect(items(page)).toHaveCount(2);
  await expect(items(page).first()).toContainText('byte 0 of shop.der');
  await expect(page.locator('.faults').first()).toContainText('notes.txt');
  await page.locator('#read-files').setInputFiles(files.slice(0, 1));
  await expect(items(page)).toHaveCount(3);
  expect(problems).toEqual([]);
});

test('opens files that are dropped anywhere', async ({ page, site, problems }) => {
  await openReader(page, site);
  const pem = await chain(page);
  await page.getByRole('button', { name: 'Clear all' }).click();
  const dropped = await page.evaluateHandle((text) => {
    const data = new DataTransfer();
    data.items.add(new File([text], 'chain.pem'));
    return data;
  }, pem);
  await page.getByRole('heading', { level: 1 }).dispatchEvent('dragover', { dataTransfer: dropped });
  await expect(page.getByRole('main')).toContainText('Let go to open them here');
  await page.getByRole('heading', { level: 1 }).dispatchEvent('drop', { dataTransfer: dropped });
  await expect(items(page)).toHaveCount(3);
  await expect(page.getByRole('main')).not.toContainText('Let go to open them here');
  expect(problems).toEqual([]);
});

test('what was opened is there when one comes back, and gone after a reload', async ({ page, site, problems }) => {
  await openReader(page, site);
  const pem = await chain(page);
  await items(page).nth(1).click();
  await page.getByRole('button', { name: /^Show the bytes/ }).first().click();
  await expect(page.locator('#read-bytes')).toBeFocused();
  await page.getByRole('link', { name: 'Two kinds of keys', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1 })).not.toHaveText('Read any certificate');
  await page.getByRole('link', { name: 'Read', exact: true }).click();
  await expect(items(page)).toHaveCount(3);
  await expect(items(page).nth(1)).toHaveAttribute('aria-current', 'true');
  await expect(field(page)).toHaveValue(pem);
  // It is at its beginning, wherever one was before.
  await expect(page.getByRole('heading', { level: 1 })).toBeInViewport();
  await page.reload();
  await settled(page);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Read any certificate');
  await expect(items(page)).toHaveCount(0);
  expect(problems).toEqual([]);
});

test('a root at hand can be trusted to see what follows', async ({ page, site, problems }) => {
  // A chain that nobody here trusts, from the workshop.
  await open(page, site, '#/workshop');
  await page.getByRole('button', { name: 'Start with an example' }).click();
  await page.getByText('Take it along').click();
  const files = [];
  for (const name of ['server.pem', 'server-chain.pem', 'roots.pem']) {
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: `Save ${name}` }).click();
    files.push(await (await download).path());
  }
  await page.getByRole('link', { name: 'Read', exact: true }).click();
  await page.locator('#read-files').setInputFiles(files);
  await expect(items(page)).toHaveCount(3);
  await expect(answer(page)).toContainText('Refused');
  await page.getByRole('button', { name: 'Trust this root and see' }).press('Enter');
  await expect(answer(page)).toContainText('Believed');
  await expect(answer(page)).toBeFocused();
  await expect(page.getByRole('button', { name: 'Trust this root and see' })).toHaveCount(0);
  expect(problems).toEqual([]);
});

test('a private key is taken out of the field and never shown', async ({ page, site, problems }) => {
  await openReader(page, site);
  const secret = 'MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg';
  await field(page).fill(`-----BEGIN PRIVATE KEY-----\n${secret}\n-----END PRIVATE KEY-----\n`);
  await expect(items(page)).toContainText(['Private key']);
  await expect(page.getByRole('main')).toContainText('have the old certificate revoked');
  await expect(field(page)).not.toHaveValue(/MIGH/);
  expect(await page.content()).not.toContain(secret);
  expect(problems).toEqual([]);
});

test('what is broken is told, and leads to its bytes', async ({ page, site, problems }) => {
  await openReader(page, site);
  await page.getByRole('button', { name: 'with the end cut off' }).click();
  await page.getByRole('button', { name: /^Show the bytes: byte / }).first().click();
  await expect(page.locator('.hex__run--lit').first()).toBeAttached();
  await expect(page.getByRole('application')).toBeInViewport();
  expect(problems).toEqual([]);
});

test('the verdict follows the name, the date, the purpose and the trust', async ({ page, site, problems }) => {
  await openReader(page, site);
  await chain(page);
  await expect(answer(page)).toContainText('Believed');
  const name = page.getByLabel('Name that was to be reached');
  await expect(name).toHaveValue('shop.example');
  await name.fill('bank.example');
  await expect(answer(page)).toContainText('Refused');
  await expect(page.getByRole('region', { name: 'What others call it' })).toContainText('ERR_CERT_COMMON_NAME_INVALID');
  await expect(page.getByRole('region', { name: 'What others call it' })).toContainText('X509_V_ERR_HOSTNAME_MISMATCH (62)');
  await name.fill('www.shop.example');
  await expect(answer(page)).toContainText('Believed');
  await page.getByLabel('Date and time (UTC)').fill('2040-01-01T00:00');
  await expect(answer(page)).toContainText('Expired on');
  await page.getByRole('button', { name: 'Now', exact: true }).click();
  await expect(answer(page)).toContainText('Believed');
  await page.getByLabel('Used by').selectOption('a client');
  await expect(answer(page)).toContainText('not meant for a client');
  await page.getByLabel('Used by').selectOption('a server');
  await page.getByLabel('The client trusts').selectOption('self-signed certificates among these');
  await expect(answer(page)).toContainText('Believed');
  await page.getByLabel('Rules').selectOption('also what public authorities must keep to');
  await expect(page.locator('.checks').first()).toContainText('Policy');
  expect(problems).toEqual([]);
});

test('Mozilla’s roots are fetched when they are asked for, once', async ({ page, site, problems }) => {
  const requests = [];
  page.on('request', (request) => requests.push(new URL(request.url()).pathname));
  const fetched = () => requests.filter((path) => path.endsWith('.der')).length;
  await openReader(page, site);
  await chain(page);
  await expect(answer(page)).toContainText('Believed');
  expect(fetched()).toBe(0);
  const trust = page.getByLabel('The client trusts');
  await trust.selectOption('the roots that Firefox brings along');
  await expect(page.getByText(/^These are the \d{3} roots that Mozilla trusts/)).toBeVisible();
  await expect(answer(page)).toContainText('Refused');
  await expect(answer(page)).toContainText('Demo Root CA');
  await trust.selectOption('the demonstration’s roots');
  await expect(answer(page)).toContainText('Believed');
  await trust.selectOption('the roots that Firefox brings along');
  await expect(answer(page)).toContainText('Refused');
  expect(fetched()).toBe(1);
  // One of them, brought along, is an anchor itself.
  const der = await page.evaluate(async () => {
    const file = await fetch(document.getElementById('padlock-roots').href);
    return [...new Uint8Array(await file.arrayBuffer())];
  });
  const first = Buffer.from(der.slice(0, 4 + der[2] * 256 + der[3]));
  await page.locator('#read-files').setInputFiles([{ name: 'root.der', mimeType: '', buffer: first }]);
  await expect(items(page)).toHaveCount(4);
  const path = page.locator('.checks__row').filter({ hasText: 'leads to' });
  await expect(path.first()).toHaveClass(/checks__row--passed/);
  expect(problems).toEqual([]);
});

test('roots that do not come are told, and asked for again', async ({ page, site }) => {
  let refuse = true;
  await page.route('**/*.der', (route) => refuse ? route.abort() : route.continue());
  await openReader(page, site);
  await chain(page);
  await page.getByLabel('The client trusts').selectOption('the roots that Firefox brings along');
  await expect(page.getByText('could not be fetched, so there is no verdict')).toBeVisible();
  await expect(answer(page)).toHaveCount(0);
  refuse = false;
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(answer(page)).toContainText('Refused');
});

test('a check leads to its bytes, also of another certificate', async ({ page, site, problems }) => {
  await openReader(page, site);
  await chain(page);
  const heading = page.getByRole('heading', { name: 'Every field and every byte' });
  const dates = page.getByRole('button', { name: 'Show the bytes for the check: Dates', exact: true });
  await tabTo(page, dates, { most: 200 });
  await page.keyboard.press('Enter');
  await expect(heading).toBeFocused();
  await expect(heading).toBeInViewport();
  await expect(page.locator('.fields__item--chosen')).toContainText('validity');
  await expect(page.locator('.hex__run--lit').first()).toBeVisible();
  // Of the authority, whose bytes come on view for it.
  await page.locator('.checks__more').click();
  await page.getByRole('button', { name: 'Show the bytes for the check: Dates · Demo Issuing CA' }).click();
  await expect(items(page).nth(1)).toHaveAttribute('aria-current', 'true');
  await expect(heading).toBeFocused();
  await expect(page.locator('.fields__item--chosen')).toContainText('validity');
  expect(problems).toEqual([]);
});

test('two certificates stand side by side, and what differs says so', async ({ page, site, problems }) => {
  await openReader(page, site);
  await chain(page);
  await page.getByRole('combobox', { name: 'Compare with' }).selectOption({ index: 1 });
  const table = page.getByRole('table', { name: 'What the two certificates say' });
  await expect(table.getByRole('row', { name: /^Issuing CA/ })).toContainText('differs');
  await expect(table.getByRole('row', { name: /^subjectAltName/ })).toContainText('not there');
  expect(problems).toEqual([]);
});

test('a field is copied as hex, base64 and text', async ({ page, site, context, problems }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await openReader(page, site);
  await chain(page);
  await page.getByRole('button', { name: 'Show the bytes: Alternative names' }).click();
  const clip = () => page.evaluate(() => navigator.clipboard.readText());
  await page.getByRole('button', { name: 'Copy field as hex' }).click();
  await expect.poll(clip).toMatch(/^30[0-9a-f]+$/);
  const der = Buffer.from(await clip(), 'hex');
  await page.getByRole('button', { name: 'as base64' }).click();
  await expect.poll(clip).toBe(der.toString('base64'));
  await page.getByRole('button', { name: 'as text' }).click();
  await expect.poll(clip).toContain('dNSName www.shop.example');
  expect(problems).toEqual([]);
});

test('a mebibyte does not freeze the page', async ({ page, site, problems }) => {
  await openReader(page, site);
  const inside = Buffer.alloc(1 << 20);
  for (let at = 0; at < inside.length; at += 2) { inside[at] = 5; }
  const der = Buffer.concat([Buffer.from([0x30, 0x83, 0x10, 0x00, 0x00]), inside]);
  await page.locator('#read-files').setInputFiles([{ name: 'big.der', mimeType: '', buffer: der }]);
  await expect(items(page)).toHaveCount(1);
  await expect(page.getByText('Bytes 0–4,095 of 1,048,581 are drawn.')).toBeVisible();
  await page.getByRole('button', { name: 'Later' }).first().click();
  await expect(page.getByText('Bytes 4,096–8,191 of 1,048,581 are drawn.')).toBeVisible();
  await expect(page.locator('.hex__row')).toHaveCount(256);
  await expect(page.locator('.fields__item')).toHaveCount(400);
  expect(problems).toEqual([]);
});

test('all of it by keyboard', async ({ page, site, problems }) => {
  await openReader(page, site);
  await tabTo(page, field(page));
  await tabTo(page, page.locator('#read-files'));
  await tabTo(page, page.getByRole('button', { name: 'with one bit flipped' }));
  await page.keyboard.press('Enter');
  await expect(answer(page)).toContainText('Refused');
  await tabTo(page, items(page).nth(1));
  await page.keyboard.press('Enter');
  await expect(items(page).nth(1)).toHaveAttribute('aria-current', 'true');
  await expect(items(page).nth(1)).toBeFocused();
  await expect(page.getByRole('heading', { level: 2, name: 'Certificate: Demo Issuing CA' })).toBeVisible();
  await tabTo(page, page.getByLabel('Name that was to be reached'));
  await tabTo(page, page.getByRole('tree'), { most: 160 });
  expect(problems).toEqual([]);
});

/** How far the document is wider than the window, and what sticks out. */
function overflow(page) {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) { return []; }
    const wide = [...document.body.querySelectorAll('*')].filter((element) => {
      const { right, width } = element.getBoundingClientRect();
      return width > 0 && right > clientWidth + 1 && !element.closest('.compare__scroll, .hex');
    });
    return [`${scrollWidth} > ${clientWidth}`, ...wide.slice(0, 5).map((element) => `${element.tagName}.${element.className}`)];
  });
}

/** States to look at. */
const STATES = {
  empty: async () => {},
  flipped: async (page) => {
    await page.getByRole('button', { name: 'with one bit flipped' }).click();
    await page.getByRole('combobox', { name: 'Compare with' }).selectOption({ index: 1 });
    await page.getByRole('button', { name: 'Show the bytes: Alternative names' }).click();
    await expect(page.locator('#read-bytes')).toBeFocused();
  },
  broken: async (page) => {
    await page.getByRole('button', { name: 'with the end cut off' }).click();
    await expect(page.locator('.faults').first()).toBeVisible();
  },
  key: async (page) => {
    await field(page).fill('-----BEGIN PRIVATE KEY-----\nMAMCAQA=\n-----END PRIVATE KEY-----\n');
    await expect(items(page)).toContainText(['Private key']);
  },
};

for (const { screen, viewport } of [
  { screen: 'desktop', viewport: { width: 1440, height: 900 } },
  { screen: 'phone', viewport: { width: 360, height: 740 } },
  { screen: 'narrow', viewport: { width: 320, height: 640 } },
]) {
  for (const colorScheme of ['light', 'dark']) {
    for (const [name, bring] of Object.entries(STATES)) {
      test(`${name} is for everyone: ${screen}, ${colorScheme}`, async ({ page, site, problems }) => {
        await page.setViewportSize(viewport);
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        await openReader(page, site);
        await bring(page);
        const faults = [...await violations(page), ...await overflow(page)];
        await picture(page, `read-${name}-${screen}-${colorScheme}`);
        expect(faults).toEqual([]);
        expect(problems).toEqual([]);
      });
    }
  }
}
