// Every view, in both themes and on wide and narrow screens: axe, pictures, and what must not be cut off.

import { expect, picture, test, violations } from '../support/test.js';
import { control, FIXED, hash, open, panel, place, tab, title, view } from '../support/story.js';

const RSA = { setting: 'shop', kx: 'rsa', ...FIXED };
const PAYROLL = { setting: 'payroll', kx: 'ecdhe', ...FIXED };

/** What is looked at: a name, an address, and how to know that it is there. */
const VIEWS = [
  { name: 'handshake-words', where: hash('handshake', { ...RSA, step: 2 }), there: toldAt('answers and shows') },
  { name: 'handshake-bytes', where: hash('handshake', { ...RSA, step: 2, view: 'bytes' }), there: toldAt('answers and shows') },
  { name: 'handshake-computed', where: hash('handshake', { ...RSA, step: 6, view: 'computed' }), there: toldAt('same keys') },
  { name: 'handshake-knowledge', where: hash('handshake', { ...RSA, step: 6, view: 'knowledge' }), there: toldAt('same keys') },
  { name: 'handshake-checks', where: hash('handshake', { ...RSA, step: 3 }), there: toldAt('checks the certificate') },
  { name: 'handshake-sample', where: hash('handshake', { ...RSA, step: 9 }), there: toldAt('A test message') },
  { name: 'handshake-payroll', where: hash('handshake', { ...PAYROLL, step: 7 }), there: toldAt('checks its caller') },
  {
    name: 'handshake-refused',
    where: hash('handshake', { ...RSA, cert: 'expired', step: 4 }),
    there: toldAt('refuses the connection'),
  },
  { name: 'handshake-term', where: hash('handshake', RSA), there: withTerm },
  { name: 'handshake-notice', where: hash('handshake', { ...RSA, kx: 'dh', step: 99 }), there: toldAt('says goodbye') },
  {
    name: 'certificate',
    where: hash('certificate', RSA),
    there: (page) => expect(page.getByRole('tree')).toBeVisible(),
  },
  { name: 'speed', where: '#/speed', there: measured },
  {
    name: 'unknown',
    where: '#/lab',
    there: (page) => expect(page.getByRole('heading', { level: 1 })).toHaveText('There is no such page'),
  },
];

const SCREENS = [
  { screen: 'desktop', viewport: { width: 1440, height: 900 } },
  { screen: 'phone', viewport: { width: 360, height: 740 } },
];

function toldAt(words) {
  return (page) => expect(title(page)).toContainText(words);
}

async function withTerm(page) {
  await expect(place(page)).toBeVisible();
  await view(page).getByRole('button', { expanded: false }).first().click();
  await expect(view(page).getByRole('note').first()).toBeVisible();
}

async function measured(page) {
  await expect(page.locator('.measure__ratio')).toBeVisible();
}

/** A picture of all of it, on a window as high as the page: what is fixed to the window's foot stands at the foot. */
async function wholePicture(page, name) {
  const { width, height } = page.viewportSize();
  const whole = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ width, height: Math.max(height, whole) });
  await picture(page, name);
}

/** How far the document is wider than the window, and what sticks out. */
function overflow(page) {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) { return []; }
    const wide = [...document.body.querySelectorAll('*')].filter((element) => {
      const { right, width } = element.getBoundingClientRect();
      return width > 0 && right > clientWidth + 1;
    });
    return [`${scrollWidth} > ${clientWidth}`, ...wide.slice(0, 5).map((element) => `${element.tagName}.${element.className}`)];
  });
}

for (const { screen, viewport } of SCREENS) {
  for (const colorScheme of ['light', 'dark']) {
    for (const { name, where, there } of VIEWS) {
      test(`${name} is for everyone: ${screen}, ${colorScheme}`, async ({ page, site, problems }) => {
        await page.setViewportSize(viewport);
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        await open(page, site, where);
        await there(page);
        const faults = [...await violations(page), ...await overflow(page)];
        await wholePicture(page, `${name}-${screen}-${colorScheme}`);
        expect(faults).toEqual([]);
        expect(problems).toEqual([]);
      });
    }
  }
}

test.describe('at 320 pixels', () => {
  test.use({ viewport: { width: 320, height: 640 } });

  for (const { name, where, there } of VIEWS) {
    test(`nothing sticks out: ${name}`, async ({ page, site, problems }) => {
      await page.emulateMedia({ reducedMotion: 'reduce' });
      await open(page, site, where);
      await there(page);
      expect(await overflow(page)).toEqual([]);
      expect(problems).toEqual([]);
    });
  }

  test('the story can be gone through', async ({ page, site, problems }) => {
    await open(page, site, hash('handshake', RSA));
    await control(page, 'Next step').click();
    await expect(place(page)).toContainText('Step 2 of 12');
    await tab(page, 'Who knows what').click();
    await expect(view(page).getByRole('table')).toBeVisible();
    // The controls leave room to read.
    const { height } = await page.getByRole('region', { name: 'Going through the steps' }).boundingBox();
    expect(height).toBeLessThan(640 / 3);
    expect(problems).toEqual([]);
  });

  test('no control covers another', async ({ page, site, problems }) => {
    await open(page, site, hash('handshake', RSA));
    await expect(place(page)).toContainText('Step 1 of 12');
    const controls = page.getByRole('region', { name: 'Going through the steps' }).locator('button, select');
    const covered = await controls.evaluateAll((elements) => {
      const shapes = elements.map((element) => [element.ariaLabel ?? element.tagName, element.getBoundingClientRect()]);
      return shapes.flatMap(([name, one], at) => shapes.slice(at + 1)
        .filter(([, two]) => one.left < two.right && two.left < one.right && one.top < two.bottom && two.top < one.bottom)
        .map(([other]) => `${name}: ${other}`));
    });
    expect(await controls.count()).toBe(6);
    expect(covered).toEqual([]);
    expect(problems).toEqual([]);
  });
});

test('on a narrow screen the conversation shows what is around the step, and all of it if asked', async ({ page, site, problems }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await open(page, site, hash('handshake', { ...RSA, step: 4 }));
  const conversation = page.getByRole('region', { name: 'The conversation' });
  const steps = conversation.getByRole('listitem').and(page.locator('.lane__item'));
  await expect(steps).toHaveCount(3);
  await expect(steps.nth(1).getByRole('link')).toHaveAttribute('aria-current', 'step');
  const all = conversation.getByRole('checkbox', { name: 'Show all 12 steps' });
  await all.check();
  await expect(steps).toHaveCount(12);
  await control(page, 'Next step').click();
  await expect(steps).toHaveCount(12);
  await all.uncheck();
  await expect(steps).toHaveCount(3);
  await control(page, 'Back to the first step').click();
  await expect(steps).toHaveCount(2);
  expect(problems).toEqual([]);
});

test('who wants no motion gets none', async ({ page, site, problems }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await open(page, site, hash('handshake', RSA));
  await expect(page.locator('html')).toHaveCSS('scroll-behavior', 'auto');
  const motions = await noteMotions(page);
  for (let step = 2; step <= 12; step += 1) {
    await control(page, 'Next step').click();
    await expect(place(page)).toContainText(`Step ${step} of 12`);
    expect(await motions()).toEqual([]);
  }
  expect(problems).toEqual([]);
});

test('who does not mind sees the message travel', async ({ page, site, problems }) => {
  await page.emulateMedia({ reducedMotion: 'no-preference' });
  await open(page, site, hash('handshake', RSA));
  await expect(place(page)).toBeVisible();
  const motions = await noteMotions(page);
  // The first step's message is the client's; the second's travels back.
  await control(page, 'Next step').click();
  await expect.poll(motions).toContain('travel-back');
  expect(problems).toEqual([]);
});

/**
 * Notes each animation and transition that begins from now on, however soon it is over. Gives what reads
 * the notes, and what is still to begin, once the browser has drawn what was changed before.
 */
async function noteMotions(page) {
  const notes = await page.evaluateHandle(() => {
    const begun = [];
    const note = (event) => begun.push(event.animationName ?? event.propertyName);
    for (const begins of ['animationstart', 'transitionrun']) { document.addEventListener(begins, note); }
    return begun;
  });
  return () => notes.evaluate(async (begun) => {
    // The events of a frame that has begun already come with the next.
    for (let frames = 0; frames < 2; frames += 1) {
      await new Promise((resolve) => { requestAnimationFrame(resolve); });
    }
    const still = document.getAnimations().map((one) => one.animationName ?? one.transitionProperty);
    return [...begun, ...still];
  });
}

const LARGE = ['handshake-bytes', 'handshake-knowledge', 'handshake-checks', 'certificate', 'speed'];

test('at twice the size of letters nothing is cut off', async ({ page, site, problems }) => {
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.emulateMedia({ reducedMotion: 'reduce' });
  // The browser's own setting: unlike a style of the page, it counts for media queries too.
  const browser = await page.context().newCDPSession(page);
  await browser.send('Page.enable');
  await browser.send('Page.setFontSizes', { fontSizes: { standard: 32, fixed: 26 } });
  for (const { name, where, there } of VIEWS.filter((shown) => LARGE.includes(shown.name))) {
    await open(page, site, where);
    await there(page);
    expect(await page.evaluate(() => getComputedStyle(document.documentElement).fontSize)).toBe('32px');
    expect(await overflow(page)).toEqual([]);
    expect(await clipped(page)).toEqual([]);
    await wholePicture(page, `letters-twice-${name}`);
    await page.setViewportSize({ width: 1280, height: 900 });
  }
  expect(problems).toEqual([]);
});

for (const { screen, viewport } of SCREENS) {
  test(`what has the focus is never behind the controls: ${screen}`, async ({ page, site, problems }) => {
    await page.setViewportSize(viewport);
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await open(page, site, hash('handshake', { ...RSA, step: 3 }));
    await expect(place(page)).toBeVisible();
    const stops = [];
    for (let presses = 0; presses < 60; presses += 1) {
      await page.keyboard.press('Tab');
      const stop = await page.evaluate(focused);
      if (stop === null) { break; }
      stops.push(stop);
    }
    expect(stops.length).toBeGreaterThan(25);
    expect(stops.filter(({ hidden }) => hidden)).toEqual([]);
    expect(problems).toEqual([]);
  });
}

/** What has the focus, and whether none of it can be seen; null where the focus has left the page. */
function focused() {
  const element = document.activeElement;
  if (element === null || element === document.body) { return null; }
  const { top, bottom } = element.getBoundingClientRect();
  const controls = document.querySelector('.controls');
  const foot = controls.contains(element) ? window.innerHeight : controls.getBoundingClientRect().top;
  return { name: element.getAttribute('aria-label') ?? element.textContent, hidden: bottom <= 0 || top >= foot };
}

/** Elements whose words do not fit into them and cannot be scrolled to. */
function clipped(page) {
  return page.evaluate(() => [...document.body.querySelectorAll('*')]
    .filter((element) => {
      // A box of one pixel is how words are kept for screen readers only.
      if (element.closest('svg, select') || element.clientWidth <= 1) { return false; }
      const { overflowX, overflowY } = getComputedStyle(element);
      const cuts = (overflow, inner, outer) => ['hidden', 'clip'].includes(overflow) && inner > outer + 1;
      return cuts(overflowX, element.scrollWidth, element.clientWidth)
        || cuts(overflowY, element.scrollHeight, element.clientHeight);
    })
    .map((element) => `${element.tagName}.${element.className}`));
}

test('the theme can be chosen, and is kept', async ({ page, site, problems }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await open(page, site, hash('handshake', RSA));
  const ground = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const light = await ground();
  await page.getByRole('combobox', { name: 'Theme' }).selectOption('Dark');
  await expect.poll(ground).not.toBe(light);
  const dark = await ground();
  await page.reload();
  await expect(panel(page)).toBeVisible();
  await expect.poll(ground).toBe(dark);
  await page.getByRole('combobox', { name: 'Theme' }).selectOption('System');
  await expect.poll(ground).toBe(light);
  expect(problems).toEqual([]);
});
