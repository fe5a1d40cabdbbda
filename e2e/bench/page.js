// How long the handshake's page makes a visitor wait, and whether it is ever deaf: `cargo xtask bench --only page`.

import { LONG, launch, median, tasks, watch } from './tasks.js';
import { start } from '../support/server.js';

const SCENARIOS = [
  'setting=shop&kx=rsa',
  'setting=shop&kx=ecdhe',
  'setting=payroll&kx=rsa',
  'setting=payroll&kx=ecdhe',
];
const SEED_AND_DATE = 'seed=00112233445566778899aabbccddeeff&date=2026-11-21T18:30:00Z';
const ROUNDS = 7;
/** Runs in the page before anything of its own: notes when a story is told. */
function watchStory() {
  window.told = () => new Promise((resolve) => {
    const look = () => document.querySelector('.stage[aria-busy="false"]') && resolve(performance.now());
    new MutationObserver(look).observe(document, { subtree: true, childList: true, attributes: true });
    look();
  });
  window.first = window.told();
}

/** Runs in the page: a new run, from the click to its story. */
async function again() {
  const button = [...document.querySelectorAll('button')].find((one) => one.textContent.includes('New run'));
  const begin = performance.now();
  const before = location.hash;
  button.click();
  // A run may be over before the next frame, so that nobody sees it under way.
  do { await new Promise(requestAnimationFrame); } while (location.hash === before);
  return await window.told() - begin;
}

async function visit(browser, address) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.addInitScript(watch);
  await page.addInitScript(watchStory);
  await page.goto(address);
  const first = await page.evaluate(() => window.first);
  const next = await page.evaluate(again);
  const long = await tasks(page);
  await context.close();
  return { first, next, long };
}

const site = await start();
const browser = await launch();
const rows = {};
for (const scenario of SCENARIOS) {
  const address = `${site.url()}?${scenario}&${SEED_AND_DATE}`;
  const visits = [];
  for (let round = 0; round < ROUNDS; round += 1) { visits.push(await visit(browser, address)); }
  const long = visits.flatMap((one) => one.long);
  rows[scenario] = {
    'first story (ms)': Math.round(median(visits.map(({ first }) => first))),
    'new run (ms)': Math.round(median(visits.map(({ next }) => next))),
    [`tasks over ${LONG} ms, a visit`]: long.length / ROUNDS,
    'longest (ms)': long.length > 0 ? Math.round(Math.max(...long)) : `under ${LONG}`,
  };
}
await browser.close();
await site.stop();
console.table(rows);
