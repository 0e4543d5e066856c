import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Language, languages } from '../../src/dialogue/languages.js';
import type { Phone } from '../../src/phone-number.js';
import { readValues } from '../../src/profile/profile.js';
import { describeInBrowser } from '../kit/browser.js';
import { useDatabase } from '../kit/database.js';
import { fullProfile } from './full-profile.js';
import { type Answer, type HttpVisitor, visitor } from './http-visitor.js';
import { haveAccount, newPhone, startWeb, type WebServer } from './web-server.js';

/** A small phone by day … */
const byDay = { width: 320, colorScheme: 'light' } as const;
/** … and a desk by night. */
const byNight = { width: 1280, colorScheme: 'dark' } as const;
type Look = typeof byDay | typeof byNight;
const HEAVIEST_PAGE_BYTES = 60 * 1024;
const PASSWORD = 'three blind mice';

describeInBrowser('the pages in a browser', (browser) => {
  const database = useDatabase();
  let web: WebServer;
  /** As people have them: nothing of ours is a script. */
  let page: Page;
  /** The checker is one. */
  let checked: Page;

  beforeAll(async () => {
    web = await startWeb(database().db, { simulator: true });
    const [plain, scripted] = await Promise.all([
      browser().newContext({ baseURL: web.url, javaScriptEnabled: false }),
      browser().newContext({ baseURL: web.url }),
    ]);
    [page, checked] = await Promise.all([plain.newPage(), scripted.newPage()]);
    await page.setViewportSize({ width: 320, height: 640 });
  });
  afterAll(async () => {
    await web.close();
  });
  afterEach(() => {
    expect(web.errors).toEqual([]);
  });

  /** A click ends with the first bytes of the next page: its title and the way back come later. */
  const follow = async (selector: string) => {
    await page.click(selector);
    await page.waitForLoadState();
  };

  const logIn = async (on: Page, phone: Phone, password: string) => {
    await on.goto('/login');
    await on.fill('#phone', `0${phone.slice(3)}`);
    await on.fill('#password', password);
    await on.click('main form button');
  };

  test('from the password of the SMS to an own one, details, and out', async () => {
    const heading = () => page.textContent('h1');
    const submit = () => follow('main form button');
    const phone = newPhone();
    await haveAccount(database().db, { phone, password: '48219035', kind: 'issued' });
    await logIn(page, phone, '4821 9035');
    await page.goto('/profile');
    expect(await heading()).toBe('Choose your own password');
    await page.fill('#newPassword', 'kenya2026');
    await page.fill('#newPasswordAgain', 'kenya2026');
    await submit();
    expect(await page.title()).toBe('Error: Choose your own password – KNEC CP2');
    expect(await page.inputValue('#newPassword')).toBe('');
    await page.fill('#newPassword', 'mvua ya masika');
    await page.fill('#newPasswordAgain', 'mvua ya masika');
    await submit();
    expect(await page.textContent('[role=status]')).toBe('Your new password is saved.');

    await follow('.whole .button');
    await page.fill('#fullName', 'Wanjiku Achieng');
    await page.selectOption('#gender', { label: 'Female' });
    await submit();
    await follow('.task:nth-child(4) a');
    await page.selectOption('#subCounty', { label: 'Kisumu Central' });
    await submit();
    expect(await page.textContent('.whole')).toContain('4 of 25');
    expect(await readValues(database().db, web.seal, phone)).toEqual({
      ...{ fullName: 'Wanjiku Achieng', gender: 'female' },
      ...{ county: '42', subCounty: '253' },
    });

    await page.selectOption('#language', 'sw');
    await follow('form[action="/profile/language"] button');
    expect(await heading()).toBe('Wasifu wako');
    await follow('header button');
    expect(new URL(page.url()).pathname).toBe('/');
    await page.goBack();
    expect(await heading()).not.toBe('Wasifu wako');
  });

  test('by the keyboard alone: past the header, to the fault, to the field', async () => {
    await page.context().clearCookies();
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

  describe('for everyone, and light', () => {
    let phone: Phone;
    let someone: HttpVisitor;
    let stylesheetBytes: number;

    beforeAll(async () => {
      await checked.goto('/');
      const stylesheet = await checked.getAttribute('link[rel=stylesheet]', 'href');
      stylesheetBytes = (await (await fetch(web.url + stylesheet)).arrayBuffer()).byteLength;
      phone = newPhone();
      await haveAccount(database().db, { phone, password: PASSWORD });
      someone = visitor(web.url);
      await someone.post('/login', { phone, password: PASSWORD });
      const { personal, bank } = fullProfile;
      await someone.post('/profile/personal', { ...personal, sha: '', email: '' });
      await someone.post('/profile/bank', bank);
    });

    /** One of each kind of page of the profile: the others are made of the same parts. */
    const ofProfile: Record<string, () => Promise<Answer>> = {
      'list of tasks': () => someone.get('/profile?saved=personal&shared=nationalId'),
      'form with masked values': () => someone.get('/profile/personal'),
      'form with a fault, a question and the ID': () =>
        someone.post('/profile/bank', { branch: '!', account: '12345678' }),
      'form with dependent lists': () => someone.get('/profile/work'),
      'own data': () => someone.get('/profile/data'),
      erasing: () => someone.get('/profile/data/erase'),
    };
    const guest = () => visitor(web.url);
    const ofOthers: Record<string, (language: Language) => Promise<Answer>> = {
      home: (language) => guest().get(`/?lang=${language}`),
      notice: (language) => guest().get(`/privacy?lang=${language}`),
      'form of a visitor, with faults': (language) =>
        guest().post('/register', {}, { 'sec-fetch-site': 'none', 'accept-language': language }),
      'what a form came to': (language) => {
        web.rest({ state: 'alreadyRegistered' });
        const numbers = { phone: '0712345678', phoneAgain: '0712345678' };
        const headers = { 'sec-fetch-site': 'none', 'accept-language': language };
        return guest().post('/register', numbers, headers);
      },
      'change of the password': (language) => someone.get(`/password?lang=${language}`),
    };

    const check = async ({ html }: Answer, language: Language, looks: readonly Look[]) => {
      await show(checked, html);
      expect(await checked.getAttribute('html', 'lang')).toBe(language);
      for (const { width, colorScheme } of looks) {
        await checked.setViewportSize({ width, height: 640 });
        await checked.emulateMedia({ colorScheme });
        expect(await faultsForSome(checked)).toEqual([]);
        expect(await checked.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
      }
      expect(Buffer.byteLength(html) + stylesheetBytes).toBeLessThan(HEAVIEST_PAGE_BYTES);
    };

    describe.each(Object.keys(languages) as Language[])('in %s', (language) => {
      beforeAll(async () => {
        await someone.get(`/profile?lang=${language}`);
      });

      test.each(Object.entries(ofProfile))('%s', async (_, comeTo) => {
        await check(await comeTo(), language, [byDay, byNight]);
      });

      test.each(Object.entries(ofOthers))('%s', async (_, comeTo) => {
        await check(await comeTo(language), language, [language === 'en' ? byDay : byNight]);
      });
    });
  });
});

/**
 * Puts a page in the place of the one that is there. The checker then stays, which takes longer to
 * load than to run.
 */
async function show(page: Page, html: string): Promise<void> {
  await page.evaluate(async (text) => {
    const { documentElement } = new DOMParser().parseFromString(text, 'text/html');
    document.replaceChild(document.adoptNode(documentElement), document.documentElement);
    const link = document.querySelector<HTMLLinkElement>('link[rel=stylesheet]');
    if (link && !link.sheet) await new Promise((resolve) => link.addEventListener('load', resolve));
  }, html);
}

type Axe = { run(options: object): Promise<Pick<AxeResults, 'violations'>> };
type AxeResults = Awaited<ReturnType<AxeBuilder['analyze']>>;

/** What some people could not see, hear or reach, by the rules of axe. */
async function faultsForSome(page: Page): Promise<string[]> {
  const { violations } = (await page.evaluate(() => 'axe' in window))
    ? await page.evaluate(() =>
        (window as unknown as { axe: Axe }).axe.run({ resultTypes: ['violations'] }),
      )
    : await new AxeBuilder({ page }).setLegacyMode().analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}
