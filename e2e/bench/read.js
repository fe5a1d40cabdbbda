// How long the page that reads any certificate takes with much to read: `cargo xtask bench --only page`.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LONG, launch, median, tasks, watch } from './tasks.js';
import { start } from '../support/server.js';

const ROUNDS = 5;
const MEBIBYTE = 1 << 20;

/** A certificate in PEM with this many names, made by OpenSSL. */
function withNames(count) {
  const folder = mkdtempSync(join(tmpdir(), 'padlock-'));
  try {
    const names = Array.from({ length: count }, (_, index) => `DNS.${index + 1} = host${index}.example`);
    writeFileSync(join(folder, 'config'), [
      '[req]', 'distinguished_name = subject', 'x509_extensions = extensions', 'prompt = no',
      '[subject]', 'CN = host0.example', '[extensions]', 'subjectAltName = @names', '[names]', ...names,
    ].join('\n'));
    return execFileSync('openssl', [
      'req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '30',
      '-keyout', join(folder, 'key'), '-config', join(folder, 'config'),
    ], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Mozilla's roots as they lie beside the page: DER, one after the other. */
function roots() {
  const dist = fileURLToPath(new URL('../../dist/', import.meta.url));
  const name = readdirSync(dist, { recursive: true }).find((file) => /roots[^/]*\.der$/.test(file));
  return readFileSync(join(dist, name));
}

/** As much of `bytes`, again and again, as there is room for. */
const repeated = (bytes, length) => Buffer.alloc(length, bytes);

/** What is read, by what it is called in the table. */
function inputs() {
  const names = Buffer.from(withNames(10_000));
  const all = roots();
  return {
    'a certificate with 10,000 names': names,
    'Mozilla’s roots, four times': Buffer.concat([all, all, all, all]),
    '1 MiB of such certificates': repeated(names, MEBIBYTE),
    '1 MiB of 524,288 values': repeated(Buffer.from([5, 0]), MEBIBYTE),
    '1 MiB nested 524,288 deep': repeated(Buffer.from([0x30, 0x80]), MEBIBYTE),
    '1 MiB of text that is no certificate': repeated(Buffer.from('no certificate '), MEBIBYTE),
  };
}

/** Opens a file with these bytes, as a reader does, and then another item of it, if there are several. */
async function visit(browser, address, bytes) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.addInitScript(watch);
  await page.goto(address);
  const file = page.locator('input[type=file]').first();
  await file.waitFor({ state: 'attached' });
  await tasks(page);
  await file.setInputFiles({ name: 'much', mimeType: 'application/octet-stream', buffer: bytes });
  await page.locator('#read-item, #read-faults').first().waitFor();
  const open = await tasks(page);
  const items = page.locator('.found__item');
  let choose = [];
  if (await items.count() > 1) {
    await items.nth(1).click();
    choose = await tasks(page);
  }
  await context.close();
  return { open, choose };
}

const longest = (tasks) => (tasks.length > 0 ? Math.round(Math.max(...tasks)) : 0);

const site = await start();
const browser = await launch();
const rows = {};
for (const [name, bytes] of Object.entries(inputs())) {
  const visits = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    visits.push(await visit(browser, `${site.url()}#/read`, bytes));
  }
  const of = (key) => median(visits.map((one) => longest(one[key]))) || `under ${LONG}`;
  rows[name] = { 'longest task to open it (ms)': of('open'), 'to choose another item': of('choose') };
}
await browser.close();
await site.stop();
console.table(rows);
