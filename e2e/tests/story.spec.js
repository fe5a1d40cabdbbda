// The story as a learner meets it: step by step, by mouse and by keyboard, by links, and where it goes wrong.

import { expect, settled, test } from '../support/test.js';
import {
  clientRandom, control, FIXED, hash, open, openStory, panel, place, said, says, tab, tabTo, title, view,
} from '../support/story.js';

const VIEWS = ['In words', 'Bytes', 'What was computed', 'Who knows what'];

const SHOP = { client: 'browser', server: 'shop', sample: 'Here is a sample. If you can read it, send it back.' };
const PAYROLL = {
  client: 'HR server',
  server: 'payroll server',
  sample: 'Sample: employee 4711, 2850.00. If you can read it, send it back.',
};

/** What a learner reads above each step: the part of the story, and the title. */
function titles({ client, server }, { setting, kx }) {
  const rsa = kx === 'rsa';
  const caller = setting === 'payroll';
  const encryption = 'Encryption with session keys';
  return [
    ['Client Hello', `The ${client} says hello`],
    ['Server Hello', `The ${server} answers and shows its certificate`],
    ['Authentication', `The ${client} checks the certificate`],
    ...(caller ? [['Authentication', `The ${client} shows its certificate too`]] : []),
    ['Key exchange', rsa ? `The ${client} makes a secret and locks it` : `The ${client} sends a fresh public key`],
    ...(caller ? [
      ['Authentication', `The ${client} signs what was said`],
      ['Authentication', `The ${server} checks its caller`],
    ] : []),
    ['Key exchange', rsa ? `The ${server} opens the secret` : 'Both arrive at the same secret'],
    [encryption, 'Both make the same keys'],
    [encryption, `The ${client} switches to encryption`],
    [encryption, `The ${server} switches to encryption too`],
    [encryption, 'A test message, encrypted'],
    [encryption, `The ${server} sends it back`],
    [encryption, `The ${client} says goodbye`],
    [encryption, `The ${server} says goodbye`],
  ];
}

const STORIES = [
  { setting: 'shop', kx: 'rsa', cast: SHOP },
  { setting: 'shop', kx: 'ecdhe', cast: SHOP },
  { setting: 'payroll', kx: 'rsa', cast: PAYROLL },
  { setting: 'payroll', kx: 'ecdhe', cast: PAYROLL },
].map((story) => ({ ...story, steps: titles(story.cast, story) }));

/** The page stands at a step, in every place that says so. */
async function isAt(page, steps, at) {
  const [stage, name] = steps[at];
  await expect(place(page)).toHaveText(`Step ${at + 1} of ${steps.length} · ${stage}`);
  await expect(title(page)).toHaveText(name);
  const conversation = page.getByRole('region', { name: 'The conversation' });
  await expect(conversation.getByRole('listitem').and(page.locator('.lane__item'))).toHaveCount(steps.length);
  await expect(conversation.locator('[aria-current="step"]')).toHaveCount(1);
  const slider = page.getByRole('slider', { name: 'Step' });
  await expect(slider).toHaveValue(String(at + 1));
  await expect(slider).toHaveAttribute('aria-valuetext', `Step ${at + 1} of ${steps.length}: ${name}`);
  await says(page, 'step', String(at + 1));
}

/** Each view has something to say, and none is shown beside another. */
async function looksAtAllViews(page, choose) {
  for (const name of VIEWS) {
    await choose(name);
    await expect(tab(page, name)).toHaveAttribute('aria-selected', 'true');
    await expect(panel(page).getByRole('tab', { selected: true })).toHaveCount(1);
    await expect(view(page)).toHaveAccessibleName(name);
    await expect(view(page)).toHaveText(/\w{3,}/);
  }
}

for (const { setting, kx, cast, steps } of STORIES) {
  const sample = steps.findIndex(([, name]) => name === 'A test message, encrypted');

  test(`by mouse, from the first step to the last: ${setting}, ${kx}`, async ({ page, site, problems }) => {
    await openStory(page, site, { setting, kx });
    for (let at = 0; at < steps.length; at += 1) {
      await isAt(page, steps, at);
      await looksAtAllViews(page, (name) => tab(page, name).click());
      await tab(page, 'In words').click();
      if (at === sample || at === sample + 1) {
        await expect(view(page).getByRole('figure').getByRole('blockquote')).toHaveText(cast.sample);
      }
      if (at + 1 < steps.length) { await control(page, 'Next step').click(); }
    }
    await expect(control(page, 'Next step')).toHaveAttribute('aria-disabled', 'true');
    await expect(view(page)).toContainText('Now both know that nothing is missing.');
    await expect(page.getByRole('region', { name: 'The conversation' })).toContainText('and no secret.');

    await control(page, 'One step back').click();
    await isAt(page, steps, steps.length - 2);
    await control(page, 'Back to the first step').click();
    await isAt(page, steps, 0);
    await control(page, 'To the last step').click();
    await isAt(page, steps, steps.length - 1);
    // A step is a link in the conversation, too.
    await page.getByRole('region', { name: 'The conversation' }).locator('.lane__link').nth(2).click();
    await isAt(page, steps, 2);
    expect(problems).toEqual([]);
  });

  test(`by keyboard alone: ${setting}, ${kx}`, async ({ page, site, problems }) => {
    await openStory(page, site, { setting, kx });
    for (let at = 0; at < steps.length; at += 1) {
      await isAt(page, steps, at);
      if (at + 1 < steps.length) { await page.keyboard.press('ArrowRight'); }
    }
    await page.keyboard.press('ArrowRight');
    await isAt(page, steps, steps.length - 1);
    await page.keyboard.press('ArrowLeft');
    await isAt(page, steps, steps.length - 2);
    await page.keyboard.press('Home');
    await isAt(page, steps, 0);
    await page.keyboard.press('End');
    await isAt(page, steps, steps.length - 1);

    // The tabs: one stop for Tab, arrows within.
    await page.keyboard.press('Home');
    await tabTo(page, tab(page, 'In words'));
    await looksAtAllViews(page, async (name) => {
      if (name !== VIEWS[0]) { await page.keyboard.press('ArrowRight'); }
      await expect(tab(page, name)).toBeFocused();
    });
    await page.keyboard.press('ArrowRight');
    await expect(tab(page, 'In words')).toBeFocused();
    await page.keyboard.press('End');
    await expect(tab(page, 'Who knows what')).toBeFocused();
    await page.keyboard.press('Home');
    await expect(tab(page, 'In words')).toBeFocused();
    await isAt(page, steps, 0);
    expect(problems).toEqual([]);
  });
}

test('the slider and the controls answer to the keyboard', async ({ page, site, problems }) => {
  const { steps } = STORIES[0];
  await openStory(page, site, { setting: 'shop', kx: 'rsa' });
  const slider = page.getByRole('slider', { name: 'Step' });
  await tabTo(page, slider);
  await page.keyboard.press('ArrowRight');
  await isAt(page, steps, 1);
  await page.keyboard.press('End');
  await isAt(page, steps, steps.length - 1);
  await tabTo(page, control(page, 'Back to the first step'), { back: true });
  await page.keyboard.press('Enter');
  await isAt(page, steps, 0);
  expect(problems).toEqual([]);
});

/** Lets time pass until the story plays on to a step: the more there is to read, the longer. */
async function passes(page, step) {
  for (let halves = 0; halves < 30 && await said(page, 'step') !== String(step); halves += 1) {
    await page.clock.runFor(500);
  }
  await says(page, 'step', String(step));
}

test('plays by itself and pauses, by the space bar', async ({ page, site, problems }) => {
  const { steps } = STORIES[0];
  await page.clock.install({ time: new Date('2026-11-21T18:30:00Z') });
  await openStory(page, site, { setting: 'shop', kx: 'rsa' });
  // From here on time passes only when the test says so.
  await page.clock.pauseAt(new Date('2026-11-21T19:30:00Z'));
  await page.getByRole('combobox', { name: 'Speed' }).selectOption('4×');
  await page.locator('main').focus();
  await page.keyboard.press('Space');
  await expect(control(page, 'Pause')).toBeVisible();
  await page.clock.runFor(2_000);
  await isAt(page, steps, 0);
  await passes(page, 2);
  await isAt(page, steps, 1);
  await page.keyboard.press('Space');
  await expect(control(page, 'Play')).toBeVisible();
  await page.clock.runFor(60_000);
  await isAt(page, steps, 1);
  // Played to the end, it stops there.
  await page.keyboard.press('Space');
  for (let at = 2; at < steps.length; at += 1) {
    await passes(page, at + 1);
    await isAt(page, steps, at);
  }
  await expect(control(page, 'Play')).toBeVisible();
  expect(problems).toEqual([]);
});

test('a term opens where it stands, and Escape closes it with the focus back on it', async ({ page, site, problems }) => {
  await openStory(page, site, { setting: 'shop', kx: 'rsa' });
  const term = view(page).getByRole('button', { name: 'cipher suites', exact: true });
  await tabTo(page, term);
  await expect(term).toHaveAttribute('aria-expanded', 'false');
  await page.keyboard.press('Enter');
  await expect(term).toHaveAttribute('aria-expanded', 'true');
  const note = view(page).getByRole('note').filter({ hasText: /cipher suite/i });
  await expect(note).toBeVisible();
  // Also from within the explanation.
  await page.keyboard.press('Tab');
  await page.keyboard.press('Escape');
  await expect(note).toHaveCount(0);
  await expect(term).toBeFocused();
  await expect(term).toHaveAttribute('aria-expanded', 'false');
  // The story stood still meanwhile.
  await says(page, 'step', '1');
  expect(problems).toEqual([]);
});

test('on a telephone the step that the reader goes to comes on view', async ({ page, site, problems }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await openStory(page, site, { setting: 'shop', kx: 'rsa', ...FIXED });
  // The page opens at its beginning, and the step stands below.
  expect(await page.evaluate(() => window.scrollY)).toBe(0);
  await expect(title(page)).not.toBeInViewport();
  await control(page, 'Next step').click();
  await says(page, 'step', '2');
  await expect(title(page)).toBeInViewport();
  // The same from elsewhere, by a key and by a line of the conversation.
  await page.evaluate(() => window.scrollTo(0, 0));
  await page.keyboard.press('ArrowRight');
  await says(page, 'step', '3');
  await expect(title(page)).toBeInViewport();
  await page.evaluate(() => window.scrollTo(0, 0));
  await page.getByRole('region', { name: 'The conversation' }).getByRole('link').first().click();
  await says(page, 'step', '2');
  await expect(title(page)).toBeInViewport();
  // A choice at the top of the page stays there, and so does the reader.
  await page.evaluate(() => window.scrollTo(0, 0));
  await page.getByRole('combobox', { name: 'Key exchange' }).selectOption('TLS 1.2, ECDHE');
  await says(page, 'kx', 'ecdhe');
  await expect(page.getByRole('region', { name: 'What is run' })).not.toContainText('historical');
  await settled(page);
  await expect(place(page)).toBeVisible();
  expect(await page.evaluate(() => window.scrollY)).toBe(0);
  // A link to a step opens at it.
  await openStory(page, site, { setting: 'shop', kx: 'rsa', ...FIXED, step: 5 });
  await expect(title(page)).toBeInViewport();
  expect(problems).toEqual([]);
});

test('checks of the authority are folded away, and open', async ({ page, site, problems }) => {
  await openStory(page, site, { setting: 'shop', kx: 'rsa', ...FIXED, step: 3 });
  const own = view(page).getByRole('list', { name: 'The checks, in order' });
  await expect(own.getByRole('listitem').filter({ hasText: /^passed/ }).first()).toBeVisible();
  const more = view(page).getByText(/^\d+ more checks on the authority, all passed$/);
  const count = Number((await more.textContent()).split(' ')[0]);
  const folded = view(page).getByRole('list', { name: /more checks on the authority/ });
  await expect(folded).toHaveCount(0);
  await tabTo(page, more);
  await page.keyboard.press('Enter');
  await expect(folded.getByRole('listitem')).toHaveCount(count);
  await expect(folded.getByRole('listitem').first()).toBeVisible();
  expect(problems).toEqual([]);
});

test('a link opens its step; reload, back and forward keep it', async ({ page, site, problems }) => {
  const { steps } = STORIES[1];
  await openStory(page, site, { setting: 'shop', kx: 'ecdhe', ...FIXED, step: 7, view: 'computed' });
  await isAt(page, steps, 6);
  await expect(tab(page, 'What was computed')).toHaveAttribute('aria-selected', 'true');
  const address = await page.evaluate(() => location.href);
  await page.reload();
  await isAt(page, steps, 6);
  await expect(tab(page, 'What was computed')).toHaveAttribute('aria-selected', 'true');
  await expect(page).toHaveURL(address);

  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Two kinds of keys' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Why two kinds of keys?' })).toBeVisible();
  await page.goBack();
  await isAt(page, steps, 6);
  await expect(page).toHaveURL(address);
  await page.goForward();
  await expect(page.getByRole('heading', { level: 1, name: 'Why two kinds of keys?' })).toBeVisible();
  await page.goBack();
  await isAt(page, steps, 6);
  expect(problems).toEqual([]);
});

test('another choice in the sentence is another address; back undoes it', async ({ page, site, problems }) => {
  await openStory(page, site, { setting: 'shop', kx: 'rsa', ...FIXED });
  const exchange = page.getByRole('combobox', { name: 'Key exchange' });
  await expect(page.getByRole('region', { name: 'What is run' })).toContainText('historical');
  await exchange.selectOption('TLS 1.2, ECDHE');
  await says(page, 'kx', 'ecdhe');
  await settled(page);
  await expect(page.getByRole('region', { name: 'What is run' })).not.toContainText('historical');
  await page.getByRole('combobox', { name: 'Who talks to whom' }).selectOption('Two servers exchange payroll data');
  await says(page, 'setting', 'payroll');
  await says(page, 'client', 'good');
  await isAt(page, STORIES[3].steps, 0);
  await page.goBack();
  await isAt(page, STORIES[1].steps, 0);
  await page.goBack();
  await isAt(page, STORIES[0].steps, 0);
  await expect(exchange.locator('option:checked')).toHaveText('TLS 1.2, RSA key transport');
  await page.goForward();
  await isAt(page, STORIES[1].steps, 0);
  expect(problems).toEqual([]);
});

test('New run gives other bytes, and its link the same bytes again', async ({ page, site, context, problems }) => {
  await openStory(page, site, { setting: 'shop', kx: 'ecdhe' });
  const first = await clientRandom(page);
  const seed = await said(page, 'seed');
  await page.getByRole('button', { name: 'New run' }).click();
  await expect.poll(() => said(page, 'seed')).not.toBe(seed);
  // Something is seen to happen, also where no bytes are on view.
  const beginning = (await said(page, 'seed')).slice(0, 8).replace(/(..)(?=.)/g, '$1 ');
  await expect(page.getByRole('region', { name: 'What is run' })).toContainText(`From the seed ${beginning}…`);
  const second = await clientRandom(page);
  expect(second).not.toBe(first);
  const link = await page.evaluate(() => location.href);
  const sample = await sampleRecord(page);

  const again = await context.newPage();
  await again.goto(link);
  expect(await clientRandom(again)).toBe(second);
  // The seed decides the last byte as well as the first.
  expect(await sampleRecord(again)).toBe(sample);

  await page.goBack();
  await says(page, 'seed', seed);
  await expect(title(page)).toHaveText('The browser says hello');
  expect(await clientRandom(page)).toBe(first);
  expect(problems).toEqual([]);
});

/** The encrypted test message, as its step's Bytes view shows it. */
async function sampleRecord(page) {
  await page.getByRole('link', { name: /Here is a sample.* to the server/ }).click();
  await expect(title(page)).toHaveText('A test message, encrypted');
  const dump = view(page).getByRole('application', { name: 'The bytes of: Encrypted record' }).first();
  return (await dump.innerText()).trim();
}

const REFUSALS = [
  { name: 'an expired certificate', query: { setting: 'shop', kx: 'rsa', cert: 'expired' },
    who: 'browser', alert: 'certificate_expired', number: 45, why: 'your certificate has expired', failed: 'Dates' },
  { name: 'a certificate that is not yet valid', query: { setting: 'shop', kx: 'ecdhe', cert: 'not-yet-valid' },
    who: 'browser', alert: 'certificate_expired', number: 45, why: 'your certificate is not valid yet', failed: 'Dates' },
  { name: 'a certificate for another name', query: { setting: 'shop', kx: 'rsa', cert: 'wrong-name' },
    who: 'browser', alert: 'bad_certificate', number: 42, why: 'your certificate is not for shop.example', failed: 'Name' },
  { name: 'a certificate from an unknown CA', query: { setting: 'shop', kx: 'ecdhe', cert: 'unknown-issuer' },
    who: 'browser', alert: 'unknown_ca', number: 48, why: 'I do not know who vouches for you', failed: 'Chain' },
  { name: 'payroll without a client certificate', query: { setting: 'payroll', kx: 'rsa', client: 'missing' },
    who: 'payroll server', alert: 'handshake_failure', number: 40, why: 'I asked for your certificate and got none' },
];

for (const { name, query, who, alert, number, why, failed } of REFUSALS) {
  test(`is refused: ${name}`, async ({ page, site, problems }) => {
    await openStory(page, site, { ...query, ...FIXED });
    if (failed) {
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('ArrowRight');
      await expect(title(page)).toHaveText(`The ${who} does not accept the certificate`);
      const checks = view(page).getByRole('list', { name: 'The checks, in order' }).getByRole('listitem');
      await expect(checks.filter({ hasText: /^failed/ })).toHaveCount(1);
      await expect(checks.filter({ hasText: /^failed/ })).toContainText(failed);
    }
    await page.keyboard.press('End');
    await expect(place(page)).toContainText('· Refusal');
    await expect(title(page)).toHaveText(`The ${who} refuses the connection`);
    await expect(panel(page)).toContainText(`I cannot go on: ${why}. Goodbye.`);
    await expect(view(page)).toContainText(`sends the alert ${alert}, number ${number}.`);
    await expect(view(page)).toContainText('The alert is fatal: the connection is over, and no data was sent.');
    const conversation = page.getByRole('region', { name: 'The conversation' });
    await expect(conversation.locator('[aria-current="step"]')).toContainText(`Alert: ${alert}`);
    // Nothing was said behind the closed door.
    await expect(conversation).not.toContainText('Sample');
    await expect(conversation).not.toContainText('Here is a sample');
    expect(problems).toEqual([]);
  });
}

test('embed=1 leaves the frame of the site away', async ({ page, site, problems }) => {
  await openStory(page, site);
  await expect(page.getByRole('banner')).toBeVisible();
  await openStory(page, site, { setting: 'shop' }, '?embed=1');
  await expect(page.getByRole('banner')).toHaveCount(0);
  await expect(page.getByRole('navigation', { name: 'Pages' })).toHaveCount(0);
  // The choice can also stand in the hash, and stays there.
  await openStory(page, site, { setting: 'shop', embed: 1 });
  await expect(page.getByRole('banner')).toHaveCount(0);
  await page.getByRole('button', { name: 'New run' }).click();
  await says(page, 'embed', '1');
  await expect(page.getByRole('banner')).toHaveCount(0);
  expect(problems).toEqual([]);
});

test('in a frame of another site the story can be gone through', async ({ page, site, problems }) => {
  // The whole frame is on view: the controls stand at its foot.
  await page.setViewportSize({ width: 1000, height: 900 });
  await page.goto(site.embedding(`${site.url()}?embed=1${hash('handshake', { setting: 'shop', kx: 'ecdhe' })}`));
  const frame = page.frameLocator('iframe');
  await settled(frame);
  await expect(frame.getByRole('banner')).toHaveCount(0);
  await expect(place(frame)).toContainText('Step 1 of 12');
  await control(frame, 'To the last step').click();
  await expect(title(frame)).toHaveText('The shop says goodbye');
  expect(problems).toEqual([]);
});

for (const { query, notices } of [
  { query: { setting: 'bank', kx: 'rsa' }, notices: ['The address says setting=bank, which is not among the choices.'] },
  { query: { kx: 'dh', cert: 'torn' }, notices: ['kx=dh', 'cert=torn'] },
  { query: { seed: 'abc' }, notices: ['The seed “abc” is not 32 hexadecimal digits. A new one is drawn instead.'] },
  { query: { date: 'tomorrow' }, notices: ['“tomorrow” is not a date that a run can have'] },
  { query: { step: 0, view: 'none' }, notices: ['asks for step “0”', 'asks for a view “none”'] },
  { query: { step: 99 }, notices: ['asks for step 99, but this story has 12. The last step is shown instead.'] },
  { query: { seed: '%3Cb%3Ebold%3C/b%3E' }, notices: ['<b>bold</b>'] },
]) {
  test(`a bad link is told in words: ${JSON.stringify(query)}`, async ({ page, site, problems }) => {
    await openStory(page, site, query);
    const notice = page.getByRole('main').getByRole('status').filter({ hasText: 'instead' });
    for (const words of notices) { await expect(notice).toContainText(words); }
    // And the story runs all the same.
    await expect(place(page)).toContainText(/^Step \d+ of 12/);
    expect(problems).toEqual([]);
  });
}

test('an address without a page says so and leads on', async ({ page, site, problems }) => {
  await open(page, site, '#/lab');
  await expect(page.getByRole('heading', { level: 1, name: 'There is no such page' })).toBeVisible();
  await expect(page.getByRole('main')).toContainText('“lab”');
  await page.getByRole('main').getByRole('link', { name: 'Handshake' }).click();
  await expect(place(page)).toBeVisible();
  expect(problems).toEqual([]);
});
