import { defineConfig } from '@playwright/test';

// Keeps Chromium from looking for anything but the page under test.
const QUIET = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // Containers often have little shared memory.
  '--disable-dev-shm-usage',
];

export default defineConfig({
  testDir: 'tests',
  outputDir: 'test-results',
  forbidOnly: Boolean(process.env.CI),
  fullyParallel: true,
  reporter: 'list',
  retries: 0,
  // A run takes seconds where the machine is slow, and the gallery makes fifty. No test waits for a clock
  // of its own: these bounds are all there are, and only a test that fails gets to feel them.
  timeout: 300_000,
  expect: { timeout: 60_000 },
  workers: 2,
  use: {
    browserName: 'chromium',
    actionTimeout: 60_000,
    launchOptions: {
      executablePath: process.env.CHROME ?? '/usr/bin/chromium',
      args: QUIET,
    },
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
  },
});
