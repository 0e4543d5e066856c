import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectFits } from '../kit/conversation.js';
import { newSessionId, ussdForm, WEBHOOK_SECRET } from '../kit/handset.js';
import { changesNothing, outboxEmptied, recordOf } from '../kit/rows.js';
import { openService, type Service } from '../kit/service.js';

let service: Service;
/** A member, whose number and call the requests below try to abuse. */
const number = '+254712999001';

beforeAll(async () => {
  service = await openService();
  const phone = service.phone(number);
  await phone.text('REGISTER');
  await phone.nextSms();
});
afterAll(() => service?.stop());

const FORM = 'application/x-www-form-urlencoded';
const UNREADABLE = 'END Sorry, we could not read that. Please dial again.';
const UNSERVED = 'END Sorry, only Kenyan mobile numbers can use this.';

type Fields = Readonly<Record<string, string>>;

async function send(path: string, init: RequestInit & { type?: string | null } = {}) {
  const { type = FORM, ...rest } = init;
  const headers = type === null ? {} : { 'content-type': type };
  const response = await fetch(`${service.url}${path}`, { method: 'POST', headers, ...rest });
  return { status: response.status, body: await response.text(), headers: response.headers };
}

const at = (webhook: string) => `/africastalking/${WEBHOOK_SECRET}/${webhook}`;
const encoded = (fields: Fields) => String(new URLSearchParams(fields));

function ussd(changes: Fields = {}, ...without: string[]): string {
  const fields = { ...ussdForm({ session: 'ATUid_hostile', number, text: '' }), ...changes };
  return encoded(Object.fromEntries(Object.entries(fields).filter(([f]) => !without.includes(f))));
}

/** What the member is shown in a call. */
async function ask(session: string, text: string): Promise<string> {
  const { status, body } = await send(at('ussd'), {
    body: encoded(ussdForm({ session, number, text })),
  });
  expect(status).toBe(200);
  return body;
}

function expectScreen(answer: string): void {
  expect(answer).toMatch(/^(?:CON|END) \S/);
  expectFits(answer, 160);
}

describe('a request that is no turn', () => {
  test.each([
    ['without a session id', ussd({}, 'sessionId'), UNREADABLE],
    ['with an empty session id', ussd({ sessionId: ' ' }), UNREADABLE],
    ['with a session id of 10,000 characters', ussd({ sessionId: 'a'.repeat(10_000) }), UNREADABLE],
    ['with a session id of emoji', ussd({ sessionId: '😀' }), UNREADABLE],
    ['with NUL in the session id', `${ussd()}%00&sessionId=a%00b`, UNREADABLE],
    ['without a number', ussd({}, 'phoneNumber'), UNREADABLE],
    ['without a service code', ussd({}, 'serviceCode'), UNREADABLE],
    ['with two numbers', `${ussd()}&phoneNumber=%2B254712999002`, UNREADABLE],
    ['with two texts', `${ussd({ text: '1' })}&text=2`, UNREADABLE],
    ['with a text that is a list', `${ussd({}, 'text')}&text[]=1`, UNREADABLE],
    ['with a text that is an object', `${ussd({}, 'text')}&text[toString]=1`, UNREADABLE],
    ['with __proto__', `${ussd({}, 'text')}&__proto__[text]=1&text[__proto__]=1`, UNREADABLE],
    ['with 1,000 fields', `${ussd()}${'&a=1'.repeat(1_000)}`, UNREADABLE],
    ['with nothing in it', '', UNREADABLE],
    ['of JSON under the name of a form', '{"text":"1"}', UNREADABLE],
    ['of noise', '%%%=&&&==;%zz', UNREADABLE],
    ['from a number abroad', ussd({ phoneNumber: '+255712345678' }), UNSERVED],
    ['from a short code', ussd({ phoneNumber: '22263' }), UNSERVED],
    ['with NUL in the number', ussd({ phoneNumber: '+2547129990\x001' }), UNSERVED],
    ['from a number of 10,000 digits', ussd({ phoneNumber: '7'.repeat(10_000) }), UNSERVED],
  ])('%s', async (_, body, reply) => {
    const answer = await changesNothing(service.db, () => send(at('ussd'), { body }));
    expect(answer).toMatchObject({ status: 200, body: expect.stringContaining(reply) });
    expectScreen(answer.body);
  });

  const json = JSON.stringify(Object.fromEntries(new URLSearchParams(ussd())));
  test.each<[string, string, RequestInit & { type?: string | null }, number]>([
    ['JSON', at('ussd'), { body: json, type: 'application/json' }, 415],
    ['no content type', at('ussd'), { body: Buffer.from(ussd()), type: null }, 415],
    ['multipart', at('ussd'), { body: ussd(), type: 'multipart/form-data; boundary=x' }, 415],
    ['1 MB', at('ussd'), { body: ussd({ text: '1'.repeat(1_000_000) }) }, 413],
    ['1 MB of SMS', at('sms'), { body: `text=${'1'.repeat(1_000_000)}` }, 413],
    ['GET', `${at('ussd')}?${ussd()}`, { method: 'GET' }, 405],
    ['PUT', at('ussd'), { method: 'PUT', body: ussd() }, 405],
    ['DELETE', at('delivery-reports'), { method: 'DELETE' }, 405],
    ['an empty SMS form', at('sms'), { body: '' }, 400],
    ['an SMS with two senders', at('sms'), { body: 'id=1&text=RESET&from=1&from=2' }, 400],
    ['an SMS from a name', at('sms'), { body: 'id=1&text=RESET&from=SAFARICOM' }, 200],
    ['an SMS without an id', at('sms'), { body: 'text=RESET&from=%2B254712999001' }, 400],
    ['a report without an id', at('delivery-reports'), { body: 'status=Success' }, 400],
    ['a report of an unknown kind', at('delivery-reports'), { body: 'id=1&status=Wat' }, 200],
    ['an ending without a number', at('ussd-events'), { body: 'status=Success' }, 400],
    ['an opt-out of nobody', at('opt-outs'), { body: 'senderId=KNEC' }, 400],
  ])('%s', async (_, path, init, status) => {
    const answer = await changesNothing(service.db, () => send(path, init));
    expect(answer.status).toBe(status);
  });

  const { length } = WEBHOOK_SECRET;
  test.each([
    ['a wrong secret', `/africastalking/${'x'.repeat(length)}/ussd`],
    ['the beginning of the secret', `/africastalking/${WEBHOOK_SECRET.slice(0, -1)}/ussd`],
    ['no secret', '/africastalking//ussd'],
    ['another letter case', `/africastalking/${WEBHOOK_SECRET.toUpperCase()}/ussd`],
    ['a broken escape', '/africastalking/%E0%A4%A/ussd'],
    ['another carrier', `/hubtel/${WEBHOOK_SECRET}/ussd`],
    ['another webhook', `/africastalking/${WEBHOOK_SECRET}/nothing`],
  ])('%s is told what an unknown path is told', async (_, path) => {
    for (const method of ['POST', 'OPTIONS', 'PATCH']) {
      const unknown = await send('/nothing/here', { method });
      const { status, body, headers } = await changesNothing(service.db, () =>
        send(path, { method, ...(method === 'POST' && { body: ussd({ text: '1' }) }) }),
      );
      expect({ status, body }).toEqual({ status: unknown.status, body: unknown.body });
      expect(headers.get('allow')).toBe(unknown.headers.get('allow'));
    }
  });
});

/** What a turn may always write: that it was taken. */
const TURN_TABLES = ['callers', 'sessions', 'turns'];

const answers: readonly (readonly [string, string])[] = [
  ['nothing', ''],
  ['an unknown option', '7'],
  ['200 digits', '7'.repeat(200)],
  ['4,000 digits', '7'.repeat(4_000)],
  ['emoji', '😀👩🏽‍🏫'],
  ['stars', '***'],
  ['1 and a star', '1*'],
  ['a hash', '#'],
  ['digits of another script', '١'],
  ['NUL', '\0'],
  ['control characters', '\x01\x1b\x7f\r\n\t'],
  ['half a surrogate pair', '\ud83d'],
  ['right-to-left marks', '\u202e1'],
  ['SQL', "1'; drop table accounts; --"],
  ['markup', '<script>alert(1)</script>'],
  ['a format', '%s%n{{7*7}}'],
];

describe('an answer that is none', () => {
  test.each(answers)('at a menu: %s', async (_, said) => {
    const session = newSessionId();
    const asked = await ask(session, '2');
    expect(asked).toContain('Get a new password');
    const answer = await changesNothing(service.db, () => ask(session, `2*${said}`), TURN_TABLES);
    expectScreen(answer);
    expect(answer).toContain('Wrong choice');
    expect(answer).toContain(asked.slice('CON '.length));
  });

  test.each(answers)('where a name is asked for: %s', async (_, said) => {
    const session = newSessionId();
    expect(await ask(session, '1*1')).toContain('Full name?');
    const answer = await changesNothing(service.db, () => ask(session, `1*1*${said}`), TURN_TABLES);
    expectScreen(answer);
    expect(answer).toContain('Not accepted');
  });

  test.each(answers)('texted: %s', async (_, text) => {
    const form = {
      date: '2026-11-23T06:04:45Z',
      from: number,
      id: randomUUID(),
      text,
      to: '22263',
    };
    const { status } = await send(at('sms'), { body: encoded(form) });
    expect(status).toBe(200);
    await outboxEmptied(service.db);
    const { message } = await service.carrier.next(number);
    expectFits(message, 160);
    expect(message).toContain('KNEC CP2');
  });

  test('bytes that are no UTF-8', async () => {
    const session = newSessionId();
    const body = Buffer.concat([
      Buffer.from(`${ussd({ sessionId: session }, 'text')}&text=%FF%FE%C3`),
      Buffer.of(0xff, 0xc0, 0x80),
    ]);
    const answer = await changesNothing(service.db, () => send(at('ussd'), { body }), TURN_TABLES);
    expect(answer.status).toBe(200);
    expectScreen(answer.body);
  });
});

describe('a history of 15 KB', () => {
  test('of one answer, and the answer after it', async () => {
    const session = newSessionId();
    const long = '7'.repeat(15_000);
    await ask(session, '');
    expect(await ask(session, long)).toContain('Wrong choice');
    expect(await ask(session, `${long}*2`)).toContain('Get a new password');
    expectScreen(await ask(session, `${long}*2*0`));
  });

  test.each([
    ['in circles', '3*0*'.repeat(3_700)],
    ['of nothing', '*'.repeat(15_000)],
    ['of a slip', `7${'*1'.repeat(7_000)}`],
  ])('dialled with the code: %s', async (_, text) => {
    const body = encoded(ussdForm({ session: newSessionId(), number, text }));
    const began = performance.now();
    const answer = await changesNothing(service.db, () => send(at('ussd'), { body }), TURN_TABLES);
    expect(performance.now() - began, 'milliseconds').toBeLessThan(2_000);
    expect(answer.status).toBe(200);
    expectScreen(answer.body);
    expect(answer.body).toMatch(/^CON /);
  });
});

test('after all that there is one account, with one password', async () => {
  expect(await recordOf(service.db, number)).toMatchObject({ accounts: 1, passwords: 1 });
  expect(await service.db('accounts').pluck('phone')).toEqual([number.slice(1)]);
  expect(await service.db('profile_details').pluck('detail')).toEqual([]);
  expect(service.log()).not.toContain('"level":"error"');
});

test.each([
  ['/login', 405],
  ['/healthz', 405],
  ['/nowhere', 404],
] as const)('PROPFIND %s is %i', async (path, status) => {
  expect((await fetch(`${service.url}${path}`, { method: 'PROPFIND' })).status).toBe(status);
});
