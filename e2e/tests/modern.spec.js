// TLS 1.3 in the story, two handshakes side by side, and the thief.

import { readFile } from 'node:fs/promises';

import { expect, settled, test, violations } from '../support/test.js';
import { FIXED, control, hash, open, openStory, place, says, tab, title, view } from '../support/story.js';

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
  await control(page, 'To the last step').click();
  await expect(title(page)).toHaveText('The shop says goodbye');
  await expect(control(page, 'Next step')).toHaveAttribute('aria-disabled', 'true');
  await page.getByRole('link', { name: 'The same by TLS 1.3, resumed' }).click();
  await expect(place(page)).toContainText('of 13');
  expect(problems).toEqual([]);
});

test('shows of the ladder of keys what a step adds, and folds the rest', async ({ page, site, problems }) => {
  await openStory(page, site, { kx: 'tls13', step: '3', view: 'computed', ...FIXED });
  // Only what this step adds is on view; a rung, and the fold with the others, open by the keyboard.
  const rung = view(page).locator('summary', { hasText: 'handshake secret' }).first();
  await rung.press('Enter');
  await expect(view(page).getByText('shared_secret', { exact: true }).first()).toBeVisible();
  const others = view(page).locator('summary', { hasText: '11 rungs that come later' });
  const later = view(page).locator('.ladder__name', { hasText: 'exporter secret' });
  await expect(later).toBeHidden();
  await others.press('Enter');
  await expect(later).toBeVisible();
  for (const theme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme: theme });
    expect(await violations(page)).toEqual([]);
  }
  expect(problems).toEqual([]);
});

test('plays the hybrid key exchange, with what it is made of', async ({ page, site, problems }) => {
  await openStory(page, site, { kx: 'tls13-hybrid', ...FIXED });
  await expect(place(page)).toContainText('Step 1 of 15');
  await expect(page.locator('main')).toContainText('a public key of ML-KEM, 1,184 bytes');
  await page.keyboard.press('ArrowRight');
  await expect(page.locator('main')).toContainText('a ciphertext of ML-KEM, 1,088 bytes');
  await page.keyboard.press('ArrowRight');
  await expect(title(page)).toHaveText('Both make keys for the rest of the handshake');
  for (const theme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme: theme });
    expect(await violations(page)).toEqual([]);
  }
  await tab(page, 'What was computed').click();
  await expect(view(page)).toContainText('secret of ML-KEM');
  await control(page, 'To the last step').click();
  await expect(title(page)).toHaveText('The shop says goodbye');
  expect(problems).toEqual([]);
});

test('resumes sessions of TLS 1.2, by ID and by ticket', async ({ page, site, problems }) => {
  for (const [kx, said] of [['ecdhe-id', 'looked the session ID up'], ['ecdhe-ticket', 'opened the ticket']]) {
    await openStory(page, site, { kx, ...FIXED });
    await expect(place(page)).toContainText('Step 1 of 9');
    await control(page, 'Next step').click();
    await expect(title(page)).toHaveText('The shop knows its client again');
    await tab(page, 'In words').click();
    await expect(view(page)).toContainText(said);
    await control(page, 'Next step').click();
    await tab(page, 'What was computed').click();
    await expect(view(page)).toContainText('PRF(master_secret, "key expansion", server_random + client_random)');
    await control(page, 'Next step').click();
    await expect(title(page)).toHaveText('The shop switches to encryption');
    for (const theme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme: theme });
      expect(await violations(page)).toEqual([]);
    }
  }
  expect(problems).toEqual([]);
});

test('plays what is left of TLS 1.3: a given key, no fresh keys, early data refused', async ({ page, site, problems }) => {
  for (const [kx, steps, step, said] of [
    ['tls13-psk', 12, 6, 'There is no certificate to check.'],
    ['tls13-psk-ke', 12, 3, 'There is no Diffie-Hellman this time.'],
    ['tls13-early-refused', 14, 5, 'If the browser still wants to say it, it sends it again'],
  ]) {
    await openStory(page, site, { kx, ...FIXED, step: String(step) });
    await expect(place(page)).toContainText(`Step ${step} of ${steps}`);
    await expect(view(page)).toContainText(said);
    for (const theme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme: theme });
      expect(await violations(page)).toEqual([]);
    }
    await control(page, 'To the last step').click();
    await expect(title(page)).toHaveText('The shop says goodbye');
  }
  // Where nobody shows a certificate there is none to choose, and none to look at.
  await openStory(page, site, { kx: 'tls13-psk', ...FIXED });
  await expect(page.getByLabel('The server’s certificate')).toHaveCount(0);
  await open(page, site, hash('certificate', { kx: 'tls13-psk', ...FIXED }));
  await expect(page.locator('main')).toContainText('There are no certificates in this run.');
  expect(await violations(page)).toEqual([]);
  expect(problems).toEqual([]);
});

test('says of a certificate whether the wire shows it', async ({ page, site, problems }) => {
  for (const [kx, said] of [
    ['rsa', 'Whoever reads the wire can read it too.'],
    ['tls13', 'whoever reads the wire cannot read it'],
    ['tls13-resumed', 'In this connection it does not travel.'],
  ]) {
    await open(page, site, hash('certificate', { kx, ...FIXED }));
    await expect(page.locator('main')).toContainText(said);
  }
  expect(problems).toEqual([]);
});

test('lets suite and group be chosen, by the keyboard too', async ({ page, site, problems }) => {
  await openStory(page, site, { kx: 'tls13', ...FIXED });
  await page.locator('summary', { hasText: 'More choices' }).press('Enter');
  await page.getByRole('combobox', { name: 'Group' }).selectOption('secp384r1');
  await expect(page).toHaveURL(/[?&]group=secp384r1(&|$)/);
  await page.getByRole('combobox', { name: 'Cipher suite' }).selectOption('TLS_CHACHA20_POLY1305_SHA256');
  await expect(page).toHaveURL(/[?&]suite=TLS_CHACHA20_POLY1305_SHA256(&|$)/);
  await expect(page).toHaveURL(/[?&]group=secp384r1(&|$)/);
  for (const theme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme: theme });
    expect(await violations(page)).toEqual([]);
  }
  await control(page, 'Next step').click();
  await control(page, 'Next step').click();
  await tab(page, 'What was computed').click();
  await expect(view(page)).toContainText('secp384r1(client_ephemeral_private, server_ephemeral_public)');
  await expect(view(page)).toContainText('HKDF-Expand-Label(client_handshake_traffic_secret, "key", "", 32)');
  // Whoever goes to another handshake and comes back finds them again, as far as they fit.
  const exchange = page.getByRole('combobox', { name: 'Key exchange' });
  await exchange.selectOption('TLS 1.2, ECDHE');
  await expect(page).toHaveURL(/[?&]kx=ecdhe(&|$)/);
  await expect(page).not.toHaveURL(/suite=/);
  await expect(page).toHaveURL(/[?&]group=secp384r1(&|$)/);
  await exchange.selectOption('TLS 1.3');
  await expect(page).toHaveURL(/[?&]suite=TLS_CHACHA20_POLY1305_SHA256(&|$)/);
  await expect(page).toHaveURL(/[?&]group=secp384r1(&|$)/);
  // The usual ones are not told in the address.
  await page.getByRole('combobox', { name: 'Group' }).selectOption('x25519');
  await expect(page).not.toHaveURL(/group=/);
  expect(problems).toEqual([]);
});

test('shows somebody on the way, and who finds them out', async ({ page, site, problems }) => {
  await openStory(page, site, { kx: 'rsa', ...FIXED });
  await page.locator('summary', { hasText: 'More choices' }).click();
  const way = page.getByRole('combobox', { name: 'What happens on the way' });
  await way.selectOption('somebody changes the message');
  await expect(page).toHaveURL(/[?&]way=change-data(&|$)/);
  await settled(page);
  await control(page, 'To the last step').click();
  await expect(title(page)).toHaveText('The shop refuses the connection');
  await expect(page.locator('main')).toContainText('bad_record_mac');
  await openStory(page, site, { kx: 'tls13', way: 'hide-tls13', ...FIXED });
  await expect(view(page)).toContainText('Somebody on the way changes this message.');
  // What is said of the chosen version would not be true.
  const chosen = page.locator('.sentence__about');
  await expect(chosen).toContainText('TLS 1.2 is the best that is left');
  await expect(chosen).not.toContainText('round trip');
  await tab(page, 'Bytes').click();
  await view(page).getByRole('button', { name: /^The same record, as it arrives/ }).click();
  await expect(view(page)).toContainText('2 bytes are others');
  await control(page, 'To the last step').click();
  await tab(page, 'In words').click();
  await expect(view(page)).toContainText('No sign of a newer version');
  for (const theme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme: theme });
    expect(await violations(page)).toEqual([]);
  }
  await page.getByRole('link', { name: 'somebody takes TLS 1.3 off the offer and hides it' }).click();
  await expect(place(page)).toContainText('Step 1 of 4');
  await control(page, 'To the last step').click();
  await expect(page.locator('main')).toContainText('decrypt_error');
  expect(problems).toEqual([]);
});

test('saves the run as files', async ({ page, site, problems }) => {
  await openStory(page, site, { kx: 'tls13', ...FIXED });
  await control(page, 'To the last step').click();
  const save = async (name) => {
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: `Save ${name}`, exact: true }).click();
    const file = await download;
    expect(file.suggestedFilename()).toBe(name);
    return readFile(await file.path());
  };
  const keys = (await save('padlock-keys.log')).toString();
  expect(keys).toMatch(/^CLIENT_TRAFFIC_SECRET_0 [0-9a-f]{64} [0-9a-f]{64}$/m);
  const packets = await save('padlock.pcapng');
  expect([...packets.subarray(0, 4)]).toEqual([0x0a, 0x0d, 0x0d, 0x0a]);
  // The secrets of the file of keys stand in it, byte for byte.
  expect(packets.includes(keys)).toBe(true);
  const trace = JSON.parse((await save('padlock-trace.json')).toString());
  expect(trace.format).toBe('padlock-trace');
  const random = trace.events.find((event) => event.name === 'client_random').output;
  expect(keys.split(' ')[1]).toBe(random);
  for (const theme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme: theme });
    expect(await violations(page)).toEqual([]);
  }
  // Handshakes of TLS 1.2 have one secret, under its old name.
  await openStory(page, site, { kx: 'ecdhe', ...FIXED });
  await control(page, 'To the last step').click();
  expect((await save('padlock-keys.log')).toString()).toMatch(/^CLIENT_RANDOM [0-9a-f]{64} [0-9a-f]{96}\n$/);
  expect(problems).toEqual([]);
});

test('stands two handshakes side by side', async ({ page, site, problems }) => {
  await open(page, site, hash('compare', FIXED));
  const facts = page.getByRole('table', { name: 'What each costs, shows and proves' });
  await expect(facts).toBeVisible();
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
  await expect(place(page)).toContainText('Step 1 of 15');
  expect(problems).toEqual([]);
});

test('shows the comparison on a phone', async ({ page, site, problems }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await open(page, site, hash('compare', FIXED));
  await expect(page.getByRole('table')).toBeVisible();
  // What steps through the rows covers nothing before them, and stays on view among them.
  const next = page.getByRole('button', { name: 'Next step' });
  await expect(next).not.toBeInViewport();
  await page.locator('body').press('End');
  await expect(next).toBeInViewport();
  await expect(next).toHaveAttribute('aria-disabled', 'true');
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(wider).toBeLessThanOrEqual(0);
  expect(await violations(page)).toEqual([]);
  expect(problems).toEqual([]);
});

test('a ticket used alone and a given key: what each opens, and the way to the run', async ({ page, site, problems }) => {
  const main = page.locator('main');
  for (const [kase, steal, said, run] of [
    ['psk-ke', 'Steal the key of the server’s tickets', 'The thief opens 7 of 7 encrypted records.', 'tls13-psk-ke'],
    ['psk', 'Steal the given key', 'The thief opens 0 of 7 encrypted records.', 'tls13-psk'],
  ]) {
    await open(page, site, hash('thief', { case: kase, ...FIXED }));
    await page.getByRole('button', { name: steal }).click();
    await expect(main).toContainText(said);
    for (const theme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme: theme });
      expect(await violations(page)).toEqual([]);
    }
    await page.getByRole('link', { name: 'Go through this recorded handshake step by step' }).click();
    await expect(place(page)).toContainText('Step 1 of 12');
    await expect(page).toHaveURL(new RegExp(`[?&]kx=${run}&`));
    await expect(page).toHaveURL(new RegExp(`[?&]seed=${FIXED.seed}(&|$)`));
  }
  expect(problems).toEqual([]);
});

test('lets the thief read what RSA key transport carried, and nothing else', async ({ page, site, problems }) => {
  await open(page, site, hash('thief', FIXED));
  const steal = page.getByRole('button', { name: 'Steal the server’s private key' });
  await expect(steal).toBeVisible();
  await expect(page.locator('main')).not.toContainText('Here is a sample.');
  await steal.focus();
  await page.keyboard.press('Enter');
  // The button is still there, and takes it back.
  await expect(page.getByRole('button', { name: 'Start over' })).toBeFocused();
  await expect(page.locator('main')).toContainText('The thief opens 6 of 6 encrypted records.');
  await expect(page.locator('main')).toContainText('Here is a sample.');
  for (const theme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme: theme });
    expect(await violations(page)).toEqual([]);
  }
  await page.getByRole('button', { name: 'TLS 1.2, ECDHE' }).click();
  await says(page, 'case', 'ecdhe');
  await expect(steal).toBeVisible();
  await steal.click();
  await expect(page.locator('main')).toContainText('The thief opens 0 of 6 encrypted records.');
  await expect(page.locator('main')).not.toContainText('Here is a sample.');
  expect(problems).toEqual([]);
});

test('breaks X25519, and ends at ML-KEM in the hybrid', async ({ page, site, problems }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await open(page, site, hash('thief', { case: 'quantum', ...FIXED }));
  const break_ = page.getByRole('button', { name: 'Break X25519' });
  await expect(break_).toBeVisible();
  await break_.focus();
  await page.keyboard.press('Enter');
  const main = page.locator('main');
  await expect(main).toContainText('The thief opens 10 of 10 encrypted records.');
  await expect(main).toContainText('Here is a sample.');
  // The button stays in focus and takes everything back.
  const again = page.getByRole('button', { name: 'Start over' });
  await expect(again).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(main).not.toContainText('Here is a sample.');
  await page.getByRole('button', { name: 'TLS 1.3 hybrid, quantum computer' }).click();
  await says(page, 'case', 'quantum-hybrid');
  await break_.click();
  await expect(main).toContainText('The thief opens 0 of 10 encrypted records.');
  await expect(main).toContainText('secret of ML-KEM');
  await expect(main).toContainText('not to be had');
  for (const theme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme: theme });
    expect(await violations(page)).toEqual([]);
  }
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(wider).toBeLessThanOrEqual(0);
  expect(problems).toEqual([]);
});

test('sends early data a second time', async ({ page, site, problems }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await open(page, site, hash('thief', { case: 'ticket', ...FIXED }));
  await page.getByRole('button', { name: 'Send it again' }).click();
  await expect(page.getByText(/taken, and handed to the application/)).toHaveCount(3);
  await expect(page.getByText('Attempt 2: not taken.')).toHaveCount(1);
  await page.getByRole('button', { name: 'Steal the key of the server’s tickets' }).click();
  await expect(page.locator('main')).toContainText('The thief opens 2 of 9 encrypted records.');
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(wider).toBeLessThanOrEqual(0);
  expect(await violations(page)).toEqual([]);
  expect(problems).toEqual([]);
});
