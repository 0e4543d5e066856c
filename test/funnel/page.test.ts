import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { countCalls } from '../../src/funnel/count.js';
import { describeInBrowser } from '../kit/browser.js';
import { type Clock, createClock } from '../kit/clock.js';
import { openService, type Service } from '../kit/service.js';

const TOKEN = 'an-operator-token-for-tests-0004';
const START = '2026-11-24T06:00:00Z';

async function get(url: string, headers: Readonly<Record<string, string>> = {}) {
  const response = await fetch(url, { headers, redirect: 'manual' });
  return { status: response.status, headers: response.headers, body: await response.text() };
}

const basic = (pair: string) => `Basic ${Buffer.from(pair).toString('base64')}`;

/** Registers, gives up, and fills in a detail with a slip on the way. */
async function someCalls(service: Service, clock: Clock): Promise<string[]> {
  const [jane, quitter] = [service.phone(), service.phone()];
  await jane.dial();
  await jane.reply('1');
  await jane.reply('1');
  await jane.nextSms();
  await quitter.dial();
  await quitter.reply('1');
  await quitter.hangUp();
  await jane.dial();
  for (const said of ['1', '1', '7', 'Wanjiku Muthoni']) await jane.reply(said);
  await jane.hangUp();
  clock.pass({ minutes: 11 });
  await countCalls(service.db, clock.now(), {
    pause: async () => {},
    stopping: new AbortController().signal,
  });
  return [jane.number, quitter.number];
}

describe('the page on what callers do', () => {
  let service: Service;
  let numbers: string[];
  let page: string;
  beforeAll(async () => {
    const clock = createClock(START);
    service = await openService({ now: clock.now });
    numbers = await someCalls(service, clock);
    page = (await get(`${service.url}/operator/funnel`)).body;
  });
  afterAll(() => service?.stop());

  /** The text of the page, tags aside. */
  const text = () =>
    page
      .replace(/<title>.*?<\/title>/g, '')
      .replace(/<[^>]+>/g, ' ')
      .replace(/\s+/g, ' ');

  test('says how many came how far', () => {
    expect(text()).toContain('18/11/2026 to 24/11/2026');
    expect(text()).toMatch(
      /calls 3 2 tasks finished did what they came for 67% 2 gave up 33% 1 cut off 0%/,
    );
    expect(text()).toMatch(/Register registration calls 2 finished 50% gave up 50%/);
    expect(text()).toContain('Most give up at Consent : 1 of 2 who came to it.');
    expect(text()).toMatch(/Consent Register … with KNEC\?.*? 2 100% 1 50% 0%/);
    expect(text()).toMatch(/Full name question 1 100% 0 0% 50%/);
  });

  test('puts what people call for before what leads there, and ends last', () => {
    const headings = [...page.matchAll(/<section class="flow" id="(\w+)"/g)].map(([, id]) => id);
    expect(headings).toEqual(['registration', 'profile', 'home']);
    expect(page.indexOf('>Registered<')).toBeGreaterThan(page.indexOf('>Consent<'));
  });

  test.each([
    ['?days=1', 3],
    ['?days=30&channel=ussd&language=en', 3],
    ['?channel=sms', 0],
    ['?language=sw', 0],
  ])('looks at %s', async (query, calls) => {
    const { status, body } = await get(`${service.url}/operator/funnel${query}`);
    expect(status).toBe(200);
    expect(body).toContain(calls === 0 ? 'No calls' : `>${calls}</span>`);
  });

  test.each(['?days=0', '?days=soon', '?days=99999', '?channel=fax', '?language=fr'])(
    'does not guess what %s means',
    async (query) => {
      const { status, body } = await get(`${service.url}/operator/funnel${query}`);
      expect(status).toBe(400);
      expect(body).toContain('days is a number');
    },
  );

  test('runs nothing in the browser, and may not be framed or kept', async () => {
    const { headers } = await get(`${service.url}/operator/funnel`);
    expect(page).not.toMatch(/<script|style=|\son\w+=/);
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('cache-control')).toBe('no-store');
    const [, stylesheet] = /rel="stylesheet" href="([^"]+)"/.exec(page) ?? [];
    const css = await get(`${service.url}${stylesheet}`);
    expect(css.headers.get('content-type')).toContain('text/css');
    expect(css.body).toContain('.gave-up');
  });

  test('has nothing about anybody in it, and neither have the metrics', async () => {
    const metrics = (await get(`${service.url}/metrics`)).body;
    expect(metrics).toContain('cp2_funnel_calls_total');
    const telling = ['Wanjiku', 'Muthoni', ...numbers.map((number) => number.slice(4))];
    for (const one of telling) {
      expect(page).not.toContain(one);
      expect(metrics).not.toContain(one);
    }
  });

  test.each([
    'cp2_funnel_calls_total{channel="ussd",language="en",outcome="gave_up"} 1',
    'cp2_funnel_flow_calls_total{flow="registration",channel="ussd",language="en",outcome="finished"} 1',
    'cp2_funnel_screen_calls_total{flow="registration",state="consent",channel="ussd",language="en"} 2',
    'cp2_funnel_screen_left_total{flow="registration",state="consent",channel="ussd",language="en",how="gave_up"} 1',
    'cp2_funnel_slips_total{flow="profile",state="question",channel="ussd",language="en"} 1',
    'cp2_funnel_question_slips_total{flow="profile",topic="fullName",channel="ussd",language="en"} 1',
  ])('the metrics say %s', async (line) => {
    const { body } = await get(`${service.url}/metrics`);
    expect(body.split('\n')).toContain(line);
  });

  test.each([{ 'x-forwarded-for': '127.0.0.1' }, { forwarded: 'for=127.0.0.1' }])(
    'is not there for whom a proxy forwards: %o',
    async (headers) => {
      const { status, body } = await get(`${service.url}/operator/funnel`, headers);
      expect(status).toBe(404);
      expect(body).not.toContain('What callers do');
    },
  );

  describeInBrowser('in a browser', (browser) => {
    test.each([
      { width: 320, colorScheme: 'light' },
      { width: 1280, colorScheme: 'dark' },
    ] as const)('can be read by all, %o', async ({ width, colorScheme }) => {
      const context = await browser().newContext({ viewport: { width, height: 800 }, colorScheme });
      const tab = await context.newPage();
      const complaints: string[] = [];
      tab.on('console', (message) => complaints.push(message.text()));
      await tab.goto(`${service.url}/operator/funnel`);
      const { violations } = await new AxeBuilder({ page: tab }).setLegacyMode().analyze();
      expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
      // Runs in the page.
      const wide = await tab.evaluate('document.documentElement.scrollWidth');
      expect(wide).toBeLessThanOrEqual(width);
      expect(complaints).toEqual([]);
      await context.close();
    });
  });

  test('there are no other pages, and nothing to post', async () => {
    expect(await get(`${service.url}/operator/else`)).toMatchObject({ status: 404 });
    const posted = await fetch(`${service.url}/operator/funnel`, { method: 'POST' });
    expect(posted.status).toBe(405);
  });
});

describe('with a token', () => {
  let service: Service;
  beforeAll(async () => {
    service = await openService({ env: { METRICS_TOKEN: TOKEN } });
  });
  afterAll(() => service?.stop());

  test.each([
    ['as a bearer token', `Bearer ${TOKEN}`],
    ['as the password that a browser asks for', basic(`operator:${TOKEN}`)],
    ['under any name', basic(`:${TOKEN}`)],
  ])('whoever has it may see the page, %s', async (_, authorization) => {
    const headers = { authorization, 'x-forwarded-for': '203.0.113.7' };
    expect(await get(`${service.url}/operator/funnel`, headers)).toMatchObject({ status: 200 });
  });

  test.each([
    ['nothing', ''],
    ['another', `Bearer ${TOKEN}x`],
    ['its beginning', basic(`operator:${TOKEN.slice(0, -1)}`)],
    ['it as the name', basic(`${TOKEN}:`)],
    ['it alone', basic(TOKEN)],
    ['no scheme', TOKEN],
  ])(
    'a browser is asked for it where it brings %s, on this machine too',
    async (_, authorization) => {
      const { status, headers, body } = await get(`${service.url}/operator/funnel`, {
        ...(authorization && { authorization }),
      });
      expect(status).toBe(401);
      expect(headers.get('www-authenticate')).toMatch(/^Basic realm="[^"]+"/);
      expect(body).not.toContain('What callers do');
    },
  );
});
