import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Phone } from '../../src/phone-number.js';
import { useDatabase } from '../kit/database.js';
import { haveAccount, newPhone, startWeb, type WebServer } from './web-server.js';

const CHROMIUM = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
const wanting = existsSync(CHROMIUM) ? '' : ` (skipped: wants Chromium at ${CHROMIUM})`;

/** A small phone by day, a desk by night: each language in one of them, for the pages are the same. */
const looks = {
  en: { width: 320, colorScheme: 'light' },
  sw: { width: 1280, colorScheme: 'dark' },
} as const;
/** The checker, as a script that every page gets: loading it takes much longer than its run. */
const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const HEAVIEST_PAGE_BYTES = 60 * 1024;
/** Ours: what people load over 2G stays far below what they were promised. */
const AIM_BYTES = 20 * 1024;

describe.skipIf(wanting !== '')(`the pages in a browser${wanting}`, () => {
  const database = useDatabase();
  let web: WebServer;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    web = await startWeb(database().db, { simulator: true });
    browser = await chromium.launch({
      executablePath: CHROMIUM,
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run'],
    });
  });
  afterAll(async () => {
    await browser?.close();
    await web.close();
  });
  afterEach(() => {
    expect(web.errors).toEqual([]);
  });

  /** A phone or a computer with its own cookies, and the page it looks at. */
  const open = async (options: BrowserContextOptions) => {
    await page?.context().close();
    const context = await browser.newContext({ baseURL: web.url, ...options });
    page = await context.newPage();
  };
  const withoutScripts = (width: number) =>
    open({ viewport: { width, height: 640 }, javaScriptEnabled: false });
  const submit = () => page.click('main form button');
  const heading = () => page.textContent('h1');
  const logIn = async (phone: Phone, password: string) => {
    await page.goto('/login');
    await page.fill('#phone', `0${phone.slice(3)}`);
    await page.fill('#password', password);
    await submit();
  };

  test('from the password of the SMS to an own one, a name, and out', async () => {
    const phone = newPhone();
    await haveAccount(database().db, { phone, password: '48219035', kind: 'issued' });
    await withoutScripts(320);
    await logIn(phone, '4821 9035');
    expect(await heading()).toBe('Choose your own password');
    await page.goto('/profile');
    expect(await heading()).toBe('Choose your own password');

    await page.fill('#newPassword', 'kenya2026');
    await page.fill('#newPasswordAgain', 'kenya2026');
    await submit();
    expect(await page.title()).toBe('Error: Choose your own password – KNEC CP2');
    expect(await page.inputValue('#newPassword')).toBe('');
    expect(await page.textContent('[role=alert]')).toContain('easy to guess');

    await page.fill('#newPassword', 'mvua ya masika');
    await page.fill('#newPasswordAgain', 'mvua ya masika');
    await submit();
    expect(await heading()).toBe('Your profile');
    expect(await page.textContent('[role=status]')).toBe('Your new password is saved.');

    await page.fill('#fullName', 'Wanjiku Achieng');
    await page.selectOption('#language', 'sw');
    await submit();
    expect(await heading()).toBe('Wasifu wako');
    expect(await page.inputValue('#fullName')).toBe('Wanjiku Achieng');

    await page.click('header button');
    expect(new URL(page.url()).pathname).toBe('/');
    await page.goBack();
    expect(await heading()).not.toBe('Wasifu wako');

    await logIn(phone, 'mvua ya masika');
    expect(await heading()).toBe('Wasifu wako');
  });

  test('by the keyboard alone: past the header, to the fault, to the field', async () => {
    await withoutScripts(1280);
    await page.goto('/login');
    const focused = () => page.locator(':focus');
    await page.keyboard.press('Tab');
    expect(await focused().getAttribute('class')).toBe('skip');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    expect(await focused().getAttribute('id')).toBe('phone');
    await page.keyboard.press('Enter');
    await page.waitForSelector('[role=alert]');
    expect(await focused().getAttribute('role')).toBe('alert');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect(await focused().getAttribute('id')).toBe('password');
  });

  /** Every page and state of a page, and how to come to it. */
  const pages: Record<string, (accounts: Record<'own' | 'issued', Phone>) => Promise<unknown>> = {
    home: () => page.goto('/'),
    privacy: () => page.goto('/privacy'),
    'nothing there': () => page.goto('/nothing'),
    register: () => page.goto('/register'),
    'register, with faults': () => page.goto('/register').then(submit),
    registered: () => sendPhone('/register', 'registered'),
    'already registered': () => sendPhone('/register', 'alreadyRegistered'),
    reset: () => page.goto('/reset'),
    'reset done': () => sendPhone('/reset', 'passwordSent'),
    'reset refused': () => sendPhone('/reset', 'tooMany'),
    login: () => page.goto('/login'),
    'login, wrong': () => logIn(newPhone(), 'wrong'),
    'own password': ({ issued }) => logIn(issued, '48219035'),
    'own password, with faults': ({ issued }) => logIn(issued, '48219035').then(submit),
    profile: ({ own }) => logIn(own, 'three blind mice'),
    'profile, with faults': async ({ own }) => {
      await logIn(own, 'three blind mice');
      await page.fill('#fullName', 'R2D2');
      await submit();
    },
    'change password': async ({ own }) => {
      await logIn(own, 'three blind mice');
      await page.goto('/password');
    },
  };

  const sendPhone = async (path: string, state: string) => {
    web.rest({ state, context: { againAt: '2026-11-25T05:10:00Z' } });
    await page.goto(path);
    await page.fill('#phone', '0712 345 678');
    if (path === '/register') await page.fill('#phoneAgain', '0712 345 678');
    await submit();
  };

  /** A language takes every other page: they differ in their words only, which other tests look at. */
  const turnOf = (language: string) =>
    Object.entries(pages).filter((_, index) => (index % 2 === 0) === (language === 'en'));

  describe.each(Object.entries(looks))('every page in %s', (language, { width, colorScheme }) => {
    let accounts: Record<'own' | 'issued', Phone>;

    beforeAll(async () => {
      // The checker is a script; the pages have none.
      await open({ javaScriptEnabled: true, viewport: { width, height: 640 }, colorScheme });
      await page.context().addInitScript({ path: axe });
      accounts = { own: newPhone(), issued: newPhone() };
      const { db } = database();
      await haveAccount(db, { phone: accounts.own, password: 'three blind mice' });
      await haveAccount(db, { phone: accounts.issued, password: '48219035', kind: 'issued' });
    });

    test.each(turnOf(language))('%s: for everyone, and light', async (_, comeTo) => {
      await page.context().clearCookies();
      await page.context().addCookies([{ name: 'lang', value: language, url: web.url }]);
      await comeTo(accounts);
      expect(await page.getAttribute('html', 'lang')).toBe(language);
      expect(await faultsForSome(page)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
      const weight = await weightOf(page);
      expect(weight).toBeLessThan(HEAVIEST_PAGE_BYTES);
      expect(weight).toBeLessThan(AIM_BYTES);
    });
  });
});

type Axe = {
  run(options: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>;
};

/** What some people could not see, hear or reach, by the rules of axe. */
async function faultsForSome(page: Page): Promise<string[]> {
  const { violations } = await page.evaluate(() =>
    (window as unknown as { axe: Axe }).axe.run({ resultTypes: ['violations'] }),
  );
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}

/** The bytes of a page and all that it loads, as they are before compression. */
async function weightOf(page: Page): Promise<number> {
  const loaded = await page.evaluate(() =>
    performance.getEntriesByType('resource').map(({ name }) => name),
  );
  const sizes = loaded.map(async (url) => (await (await fetch(url)).arrayBuffer()).byteLength);
  const all = await Promise.all([Buffer.byteLength(await page.content()), ...sizes]);
  return all.reduce((sum, size) => sum + size);
}
