import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { describeInBrowser } from '../kit/browser.js';
import { type Bench, openBench, phone } from './kit.js';

describeInBrowser('the phone in the browser', (browser) => {
  let scripts: string;
  let bench: Bench;
  let page: Page;
  let complaints: string[];

  beforeAll(async () => {
    scripts = await mkdtemp(join(tmpdir(), 'simulator-'));
    const tsc = join('node_modules', 'typescript', 'bin', 'tsc');
    const project = ['-p', 'src/simulator/browser', '--noEmit', 'false', '--outDir', scripts];
    execFileSync(process.execPath, [tsc, ...project]);
    page = await (await browser().newContext()).newPage();
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      if (message.text().includes('Content Security Policy')) complaints.push(message.text());
    });
  });
  afterAll(async () => {
    await rm(scripts, { recursive: true });
  });

  beforeEach(async () => {
    // At an address of its own, so that the page knows nothing of the test before.
    bench = await openBench();
    complaints = [];
    await page.setViewportSize({ width: 1280, height: 860 });
    await page.emulateMedia({ colorScheme: null });
    // The sources of the page are compiled for the test; a build puts them where they are asked for.
    await page.route('**/assets/*.js', (route) =>
      route.fulfill({ path: join(scripts, basename(route.request().url())) }),
    );
    await page.goto(`${bench.url}/simulator`);
    await page.waitForSelector('[data-up="true"]');
  });
  afterEach(async () => {
    await page.goto('about:blank');
    await page.unrouteAll();
    await bench.stop();
    expect(complaints).toEqual([]);
  });

  const key = (name: string) => page.click(`[data-key="${name}"]`);
  const shows = (text: string) => page.locator('#lcd-text', { hasText: text }).waitFor();
  const kind = (name: string) => page.waitForSelector(`#lcd[data-kind="${name}"]`);

  test('a call by the keys of the phone', async () => {
    for (const name of '*384*27#') await key(name);
    await key('call');
    await shows('Welcome');
    expect(await page.textContent('#septets')).toBe('18 of 160 septets');

    bench.answer = (form) => `END You said ${form.get('text')}`;
    await key('1');
    await key('ok');
    await shows('You said 1');
    await key('end');
    await kind('idle');
  });

  test('a call by the keyboard alone, with letters', async () => {
    await page.keyboard.type('*384*27#');
    await page.keyboard.press('Enter');
    await kind('menu');
    await page.keyboard.type('Wanjiku');
    await page.keyboard.press('Enter');
    await expect.poll(() => bench.forms('ussd').at(-1)).toMatchObject({ text: 'Wanjiku' });
    await kind('menu');
    await page.keyboard.press('Escape');
    await kind('idle');
    await expect.poll(() => bench.forms('ussd-events')).toMatchObject([{ status: 'Incomplete' }]);
  });

  test('letters from the keypad', async () => {
    await key('right');
    await kind('menu');
    await page.click('#letters');
    for (const name of ['2', '2', '*']) await key(name);
    expect(await page.inputValue('#entry')).toBe('B*');
  });

  test('messages and numbers outlive the server and the page', async () => {
    bench.network.accept({ to: '+254712345678', message: 'Your password is here' });
    await page.locator('.sms.received', { hasText: 'Your password' }).waitFor();
    await page.fill('#new-number', '0722 000 111');
    await page.keyboard.press('Enter');
    await page.locator('[role="tab"]', { hasText: '0722 000 111' }).waitFor();

    // Another server at the same address knows nothing of them.
    await bench.network.settled();
    await page.route('**/api/events', (route) =>
      route.fulfill({
        contentType: 'text/event-stream',
        body: 'event: network\ndata: {"ussdCode":"*1#","smsShortCode":"2","handsets":[],"wire":[]}\n\n',
      }),
    );
    await page.reload();
    await page.locator('#ussd-code', { hasText: '*1#' }).waitFor();
    await page.click('[role="tab"]:has-text("0712 345 678")');
    await page.locator('.sms.received', { hasText: 'Your password' }).waitFor();
  });

  test('a message to a number that is not in the hand brings its phone', async () => {
    bench.network.accept({ to: '+254722000111', message: 'Hello' });
    await page.locator('[role="tab"] .unread', { hasText: '1' }).waitFor();
  });

  test('the switches, an SMS and the wire', async () => {
    await page.check('#blocks');
    await expect.poll(() => bench.network.handset(phone).blocksPromotional).toBe(true);
    await page.fill('#sms', 'HELP');
    await page.keyboard.press('Enter');
    await page.locator('.sms.sent', { hasText: 'HELP' }).waitFor();
    await page.locator('#wire summary', { hasText: 'sms' }).click();
    expect(await page.textContent('#wire .request-line')).toBe('POST /africastalking/••••••/sms');

    await page.check('#switched-off');
    await kind('off');
    expect(await page.isDisabled('#sms')).toBe(true);
  });

  test('the chart of the flow, with the state lit at which the call is', async () => {
    const came = (flow: string, state: string) => (form: URLSearchParams) => {
      bench.network.observe(form.get('sessionId') ?? '', { flow, state });
      return `CON ${state}`;
    };
    const lit = (name: string) =>
      page
        .locator(`.chart .${name}`)
        .evaluateAll((all) =>
          all.map((one) => one.getAttribute('data-state') ?? one.getAttribute('data-end')),
        );
    await page.click('#tab-flow');
    bench.answer = came('registration', 'consent');
    await key('right');
    await page.waitForSelector('.chart[data-flow="registration"] .now[data-state="consent"]');
    expect(await lit('passed')).toEqual(['checking']);
    expect(await lit('taken')).toEqual(['consent', 'consent']);
    expect(await page.textContent('#chart-now')).toBe('Register: consent');

    bench.answer = came('registration', 'registered');
    await page.keyboard.type('1');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.chart .now[data-state="registered"]');
    expect(await lit('been')).toEqual(['consent', 'registered']);
    // Two ways lead there, and nobody has told which of them it was.
    expect(await lit('taken')).toEqual([]);

    await page.selectOption('#flow-choice', 'profile');
    await page.waitForSelector('.chart[data-flow="profile"]');
    expect(await lit('now')).toEqual([]);
    await page.check('#chart-whole');
    const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ target }) => target)])).toEqual([]);
    await page.reload();
    await page.waitForSelector('.chart .now[data-state="registered"]');
  });

  test.each([
    ['light', 1280],
    ['dark', 360],
  ] as const)('fits and is accessible, %s at %i pixels', async (colorScheme, width) => {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 800 });
    bench.network.accept({ to: '+254712345678', message: 'Hello' });
    await key('right');
    await kind('menu');
    await page.locator('#wire summary').first().click();
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
    const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ target }) => target)])).toEqual([]);
  });
});
