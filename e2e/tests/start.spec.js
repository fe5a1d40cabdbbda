// The page starts wherever it is put, and says why where it cannot.

import { fileURLToPath, pathToFileURL } from 'node:url';
import { expect, picture, started, test, violations } from '../support/test.js';

const REFUSED = 'The interactive part cannot start:';

test('starts from a folder, with its policy on, and asks for its own files only', async ({ page, site, problems }) => {
  const requests = [];
  page.on('request', (request) => requests.push(request.url()));
  await page.goto(site.url());
  await started(page);
  await expect(page.locator('#start-status')).toHaveCount(0);
  await picture(page, 'start');

  const policy = await page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute('content');
  expect(policy).toContain("default-src 'none'");
  expect(requests.filter((url) => !url.startsWith(site.url()))).toEqual([]);
  // No part is fetched twice. (Chromium asks for the icon again when the address changes.)
  const parts = requests.filter((url) => !url.endsWith('.svg'));
  expect(parts).toEqual([...new Set(parts)]);
  expect(problems).toEqual([]);
});

test('its policy is not for show', async ({ page, site }) => {
  await page.goto(site.url());
  await started(page);
  const refused = await page.evaluate(() => new Promise((resolve) => {
    document.addEventListener('securitypolicyviolation', (event) => resolve(event.effectiveDirective));
    const script = document.createElement('script');
    script.textContent = 'window.inlineRan = true';
    document.head.append(script);
  }));
  expect(refused).toBe('script-src-elem');
  expect(await page.evaluate(() => 'inlineRan' in window)).toBe(false);
});

test('starts in a frame of another site', async ({ page, site, problems }) => {
  await page.goto(site.embedding(site.url()));
  await started(page.frameLocator('iframe'));
  expect(problems).toEqual([]);
});

test('starts in a sandboxed frame where the server lets any site read', async ({ page, site }) => {
  await page.goto(site.embedding(site.url(), 'allow-scripts'));
  await started(page.frameLocator('iframe'));
  await picture(page, 'start-sandboxed');
});

for (const { name, folder, sandbox, says } of [
  { name: 'a policy forbids wasm', folder: 'strict', says: 'security policy' },
  { name: 'the program is missing', folder: 'missing', says: 'the server answered 404' },
  { name: 'the program is garbled', folder: 'garbled', says: 'does not understand the program' },
  { name: 'a sandbox closes its files to it', folder: 'closed', sandbox: 'allow-scripts', says: 'sandboxed frame' },
]) {
  test(`says why when ${name}`, async ({ page, site }) => {
    await page.goto(sandbox ? site.embedding(site.url(folder), sandbox) : site.url(folder));
    const frame = sandbox ? page.frameLocator('iframe') : page;
    const alert = frame.getByRole('alert');
    await expect(alert).toContainText(REFUSED);
    await expect(alert).toContainText(says);
    await expect(frame.getByRole('heading', { level: 1 })).toContainText('Padlock');
    await picture(page, `start-refused-${folder}`);
  });
}

for (const colorScheme of ['light', 'dark']) {
  test(`its first words and its reasons can be read by everyone, ${colorScheme}`, async ({ page, site }) => {
    await page.emulateMedia({ colorScheme });
    await page.goto(site.url('missing'));
    await expect(page.getByRole('alert')).toBeVisible();
    await picture(page, `start-refused-${colorScheme}`);
    expect(await violations(page)).toEqual([]);
  });
}

test('says why when it is opened as a file', async ({ page }) => {
  const index = fileURLToPath(new URL('../../dist/index.html', import.meta.url));
  await page.goto(pathToFileURL(index).href);
  await expect(page.getByRole('alert')).toContainText('opened as a file');
});

test('says why when there is no WebAssembly', async ({ page, site }) => {
  await page.addInitScript(() => { delete window.WebAssembly; });
  await page.goto(site.url());
  await expect(page.getByRole('alert')).toContainText('no WebAssembly');
});

test('keeps its first words where scripts are off', async ({ page, site }) => {
  // A sandbox without `allow-scripts` is how a browser here has them off.
  await page.goto(site.embedding(site.url(), ''));
  const frame = page.frameLocator('iframe');
  // Playwright's search for text leaves noscript out.
  await expect(frame.locator('noscript p')).toBeVisible();
  await expect(frame.getByText('A certificate is a signed statement')).toBeVisible();
});

test('says so when it stops later', async ({ page, site }) => {
  await page.goto(site.url());
  await started(page);
  await page.evaluate(() => {
    // What a panic is to the page: the module's `unreachable` instruction.
    const trap = new Uint8Array([
      0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 4, 1, 0x60, 0, 0, 3, 2, 1, 0, 7, 5, 1, 1, 0x74, 0, 0, 10, 5, 1, 3, 0, 0, 0x0b,
    ]);
    const { t } = new WebAssembly.Instance(new WebAssembly.Module(trap)).exports;
    setTimeout(t);
  });
  await expect(page.getByRole('alert')).toContainText('Padlock stopped');
});
