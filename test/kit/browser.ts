import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe } from 'vitest';

const CHROMIUM = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
const available = existsSync(CHROMIUM);

/** No more of a browser than the pages need: most of its time goes to drawing without a graphics card. */
const OPTIONS = [
  '--no-sandbox',
  '--disable-gpu',
  '--in-process-gpu',
  '--disable-software-rasterizer',
  '--disable-extensions',
  '--disable-background-networking',
  '--disable-component-update',
  '--no-first-run',
];

/**
 * A `describe` whose tests look at pages in Chromium, or are reported as skipped where there is none.
 * `browser()` gives the block's own to its tests, and to its hooks.
 */
export function describeInBrowser(title: string, tests: (browser: () => Browser) => void): void {
  const wanting = available ? '' : ` (skipped: wants Chromium at ${CHROMIUM})`;
  describe.skipIf(!available)(`${title}${wanting}`, () => {
    let browser: Browser | undefined;
    beforeAll(async () => {
      browser = await chromium.launch({ executablePath: CHROMIUM, args: OPTIONS });
    });
    afterAll(() => browser?.close());
    tests(() => {
      if (browser === undefined) throw new Error('The browser is open only while tests run.');
      return browser;
    });
  });
}
