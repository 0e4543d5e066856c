import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { useDatabase } from '../kit/database.js';
import { type HttpVisitor, hidden, visitor } from './http-visitor.js';
import { startWeb, type WebServer } from './web-server.js';

const database = useDatabase();
let web: WebServer;
let someone: HttpVisitor;

beforeAll(async () => {
  web = await startWeb(database().db);
});
afterAll(() => web.close());
beforeEach(() => {
  someone = visitor(web.url);
  web.turns.length = 0;
});

describe('registering', () => {
  test('a number typed twice takes the step of the flow, in the language of the page', async () => {
    web.rest({ state: 'registered' });
    const { html } = await someone.get('/register?lang=sw');
    const once = hidden(html, 'once');
    const fields = { phone: '0712 345 678', phoneAgain: '+254712345678', once };
    const answer = await someone.post('/register', fields);
    expect(answer.status).toBe(200);
    expect(answer.html).toContain('Nenosiri lako linatumwa kwa SMS kwa 0712***678.');
    expect(answer.html).toContain('Piga *384*27#');
    expect(answer.html).not.toContain('254712345678');
    expect(web.turns).toEqual([
      { flow: 'registration', phone: '254712345678', once, language: 'sw' },
    ]);
  });

  test('a form that is sent twice brings the same nonce', async () => {
    web.rest({ state: 'registered' });
    const once = hidden((await someone.get('/register')).html, 'once');
    const fields = { phone: '0712345678', phoneAgain: '0712345678', once };
    await Promise.all([someone.post('/register', fields), someone.post('/register', fields)]);
    expect(web.turns.map((turn) => turn.once)).toEqual([once, once]);
  });

  test('a form without our nonce, or with something else for one, gets a new one', async () => {
    web.rest({ state: 'registered' });
    const fields = { phone: '0712345678', phoneAgain: '0712345678' };
    await someone.post('/register', fields);
    await someone.post('/register', { ...fields, once: 'x'.repeat(5_000) });
    const given = web.turns.map((turn) => turn.once);
    expect(new Set(given).size).toBe(2);
    for (const once of given) expect(once).toMatch(/^[\w-]{22}$/);
  });

  test('a registered number is told so and offered a new password', async () => {
    web.rest({ state: 'alreadyRegistered' });
    const fields = { phone: '0712345678', phoneAgain: '0712345678' };
    const { html, status } = await someone.post('/register', fields);
    expect(status).toBe(200);
    expect(html).toContain('There is an account for 0712***678');
    expect(html).toContain('action="/reset"');
    expect(hidden(html, 'phone')).toBe('254712345678');
    expect(hidden(html, 'once')).toMatch(/^[\w-]{22}$/);
  });

  test.each([
    ['nothing', { phone: '', phoneAgain: '' }, 'phone', 'Enter your phone number'],
    ['no fields', {}, 'phone', 'Enter your phone number'],
    ['half a number', { phone: '0712', phoneAgain: '0712' }, 'phone', 'Enter a Kenyan mobile'],
    ['another country', { phone: '+256712345678', phoneAgain: '' }, 'phone', 'Enter a Kenyan'],
    ['200 digits', { phone: '7'.repeat(200), phoneAgain: '' }, 'phone', 'Enter a Kenyan'],
    ['emoji', { phone: '📞', phoneAgain: '📞' }, 'phone', 'Enter a Kenyan mobile number'],
    [
      'two numbers',
      { phone: '0712345678', phoneAgain: '0712345679' },
      'phoneAgain',
      'The two phone numbers are not the same',
    ],
  ])('%s: says so at the field and does nothing', async (_, fields, field, message) => {
    const { status, html } = await someone.post('/register', fields);
    expect(status).toBe(422);
    expect(html).toContain('<title>Error: Register');
    expect(html).toMatch(new RegExp(`<a href="#${field}">${message}`));
    expect(html).toMatch(new RegExp(`id="${field}-fault">${message}`));
    expect(html).toMatch(new RegExp(`aria-describedby="[^"]*${field}-fault"`));
    expect(web.turns).toEqual([]);
  });

  test('keeps what was entered, and takes it for text', async () => {
    const { html } = await someone.post('/register', { phone: '"><b>07', phoneAgain: '0712' });
    expect(html).toContain('value="&quot;>&lt;b>07"');
    expect(html).toContain('value="0712"');
  });
});

describe('a new password', () => {
  test('the same page whether or not the number is registered', async () => {
    web.rest({ state: 'passwordSent' });
    const known = await someone.post('/reset', { phone: '0712345678' });
    web.rest({ state: 'notRegistered' });
    const unknown = await someone.post('/reset', { phone: '0712345678' });
    expect(known.status).toBe(200);
    expect(known.html).toContain('If 0712***678 is registered, a new password is on its way');
    expect(unknown).toMatchObject({ status: known.status, html: known.html });
    expect(web.turns[0]).toMatchObject({ flow: 'reset', phone: '254712345678', language: 'en' });
  });

  test('too many: says when to try again, by the clock of Kenya', async () => {
    web.rest({ state: 'tooMany', context: { againAt: '2026-11-24T21:10:00Z' } });
    const english = await someone.post('/reset', { phone: '0712345678' });
    expect(english.status).toBe(429);
    expect(english.html).toContain('after 00:10 (Kenyan time) on 25 November 2026');
    await someone.get('/?lang=sw');
    const swahili = await someone.post('/reset', { phone: '0712345678' });
    expect(swahili.html).toContain('tarehe 25 Novemba 2026, saa ya simu ikipita 00:10');
  });

  test('too many, sent again: the refusal stands without its time', async () => {
    web.rest({ state: 'tooMany' });
    const { status, html } = await someone.post('/reset', { phone: '0712345678' });
    expect(status).toBe(429);
    expect(html).toContain('Too many new passwords');
  });

  test('an unreadable number: says so at the field', async () => {
    const { status, html } = await someone.post('/reset', { phone: '12' });
    expect(status).toBe(422);
    expect(html).toContain('id="phone-fault">Enter a Kenyan mobile number');
    expect(web.turns).toEqual([]);
  });
});

describe('a number that was silent', () => {
  const asked = 'name="nationalId"';

  test('is asked for the national ID, in the same form as before', async () => {
    web.rest({ state: 'silent' });
    const once = hidden((await someone.get('/reset')).html, 'once');
    const { status, html } = await someone.post('/reset', { phone: '0712345678', once });
    expect(status).toBe(200);
    expect(html).toContain('We have not heard from 0712***678 for six months');
    expect(html).toContain(asked);
    expect(html).toContain('New on this number?');
    expect(hidden(html, 'phone')).toBe('254712345678');
    expect(hidden(html, 'once')).toBe(once);

    web.rest({ state: 'passwordSent' });
    const right = { phone: '254712345678', once, nationalId: ' 1234-5678 ' };
    expect((await someone.post('/reset', right)).html).toContain('a new password is on its way');
    expect(web.turns[1]).toMatchObject({ flow: 'reset', once, said: ' 1234-5678 ' });
  });

  test('hears that the ID is wrong, and keeps none of it on the page', async () => {
    web.rest({ state: 'silent' });
    const wrong = { phone: '0712345678', once: 'x'.repeat(22), nationalId: '87654321' };
    const { status, html } = await someone.post('/reset', wrong);
    expect(status).toBe(422);
    expect(html).toContain('id="nationalId-fault">This is not the national ID number that we have');
    expect(html).not.toContain('87654321');
    web.rest({ state: 'notToday' });
    const stopped = await someone.post('/reset', wrong);
    expect(stopped.status).toBe(429);
    expect(stopped.html).toContain('Please try tomorrow');
  });

  test.each(['', '1', '12345', '1234567890', 'abcdefg', '😀'])(
    '%o is no ID: it says so, and does nothing',
    async (nationalId) => {
      const { status, html } = await someone.post('/reset', { phone: '0712345678', nationalId });
      expect(status).toBe(422);
      expect(html).toContain('id="nationalId-fault">Enter the 6 to 9 digits');
      expect(web.turns).toEqual([]);
    },
  );

  test('a form that has been answered leads to a new one', async () => {
    web.rest({ state: 'callOver' });
    const again = { phone: '0712345678', nationalId: '12345678' };
    expect(await someone.post('/reset', again)).toMatchObject({ status: 303, to: '/reset' });
  });

  test('can be registered anew from the phone alone', async () => {
    const fields = { phone: '0712345678', phoneAgain: '0712345678' };
    web.rest({ state: 'newHolder' });
    await someone.get('/?lang=sw');
    const before = await someone.post('/register', fields);
    expect(before.html).toContain('Je, nambari hii bado ni yako?');
    expect(before.html).toContain('action="/reset"');
    expect(before.html).toContain('Piga *384*27# kwa simu hiyo');
    expect(before.html).not.toContain(asked);
    for (const [path, state] of [
      ['/register', 'again'],
      ['/reset', 'forgotten'],
    ] as const) {
      web.rest({ state });
      const { status, html } = await someone.post(path, fields);
      expect([status, html]).toEqual([200, expect.stringContaining('sajili nambari hii tena')]);
    }
  });
});
