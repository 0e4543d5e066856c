import { describe, expect, test } from 'vitest';
import { apology, goodbye, unreadable, unserved } from '../../../src/channels/webhooks/screens.js';
import type { Source } from '../station.js';
import { startStation } from './station.js';

const UNREADABLE =
  'END Sorry, we could not read that. Please dial again.\nSamahani, hatukuweza kusoma hilo. Tafadhali piga tena.';
const UNSERVED =
  'END Sorry, only Kenyan mobile numbers can use this.\nSamahani, huduma hii ni ya nambari za simu za Kenya pekee.';
const APOLOGY =
  'END Sorry, something went wrong. Please dial again later.\nSamahani, kuna hitilafu. Tafadhali piga tena baadaye.';

const HEAD = 'sessionId=ATUid_1&serviceCode=*384*27%23&networkCode=63902';
const DIAL = `${HEAD}&phoneNumber=%2B254712345678&text=`;

const understood: [Source, string, string, { session: string; phone: string; history: string }][] =
  [
    [
      'captured',
      'the first request of a call (its number and session replaced)',
      'phoneNumber=%2B254712345678&serviceCode=%2A384%2A11469%23&text=&sessionId=ATUid_1c1e09269ff2b366033529d495e083e5&networkCode=99999',
      { session: 'ATUid_1c1e09269ff2b366033529d495e083e5', phone: '254712345678', history: '' },
    ],
    [
      'from the documentation',
      'the whole history, joined by *',
      'sessionId=ATUid_0123456789abcdef0123456789abcdef&serviceCode=*384*27%23&phoneNumber=%2B254112345678&text=1*2*KRA&networkCode=63902',
      {
        session: 'ATUid_0123456789abcdef0123456789abcdef',
        phone: '254112345678',
        history: '1*2*KRA',
      },
    ],
    [
      'from the documentation',
      'a plus sign that was sent unescaped, and so is a space',
      `${HEAD}&phoneNumber=+254712345678&text=`,
      { session: 'ATUid_1', phone: '254712345678', history: '' },
    ],
    ...[
      ['no text at all', `${HEAD}&phoneNumber=%2B254712345678`, ''],
      ['text without its =', `${HEAD}&phoneNumber=%2B254712345678&text`, ''],
      ['an empty answer', `${DIAL}1*`, '1*'],
      ['a * inside an answer', `${DIAL}1*%2A2%2a*3`, '1**2**3'],
      ['spaces both ways', `${DIAL}Jane+A%20B`, 'Jane A B'],
      ['a real plus sign', `${DIAL}1%2B1`, '1+1'],
      ['an = inside', `${DIAL}a=b`, 'a=b'],
      ['200 digits', `${DIAL}${'7'.repeat(200)}`, '7'.repeat(200)],
      ['an emoji', `${DIAL}%F0%9F%98%80`, '😀'],
      ['an emoji sent raw', `${DIAL}😀`, '😀'],
      ['NUL characters', `${DIAL}1%00*%002`, '1*2'],
      ['bad percent-encoding, read as far as it can be', `${DIAL}%E0%A4*%ZZ`, '\uFFFD*%ZZ'],
      [
        'a network nobody has heard of',
        `${DIAL}&networkCode=00000`.replace('&networkCode=63902', ''),
        '',
      ],
      ['no network', DIAL.replace('&networkCode=63902', ''), ''],
      ['fields nobody has heard of', `${DIAL}&__proto__=x&constructor=y&a[b]=c&d=1&d=2`, ''],
      ['a field like text, but not text', `${DIAL}1&text.x=2&Text=3`, '1'],
      ['the number as people write it', `${HEAD}&phoneNumber=0712-345%20678&text=`, ''],
    ].map(([label = '', body = '', history = '']): (typeof understood)[number] => [
      'written by hand',
      label,
      body,
      { session: 'ATUid_1', phone: '254712345678', history },
    ]),
  ];

const refused: [Source, string, string, string, string[]][] = [
  ...(
    [
      ['nothing', '', ['sessionId', 'phoneNumber', 'serviceCode']],
      ['no session', DIAL.replace('sessionId=ATUid_1', ''), ['sessionId']],
      ['an empty session', DIAL.replace('ATUid_1', ''), ['sessionId']],
      ['a session of spaces', DIAL.replace('ATUid_1', '+++'), ['sessionId']],
      ['a session with NUL', DIAL.replace('ATUid_1', 'ATUid_%00'), ['sessionId']],
      ['a session of 200 letters', DIAL.replace('ATUid_1', 'a'.repeat(200)), ['sessionId']],
      ['no phone', HEAD, ['phoneNumber']],
      ['an empty phone', `${HEAD}&phoneNumber=&text=`, ['phoneNumber']],
      ['no service code', DIAL.replace('serviceCode=*384*27%23', ''), ['serviceCode']],
      ['a doubled session', `${DIAL}&sessionId=ATUid_1`, ['sessionId']],
      ['a doubled phone', `${DIAL}&phoneNumber=%2B254700000000`, ['phoneNumber']],
      ['a doubled service code', `${DIAL}&serviceCode=1`, ['serviceCode']],
      ['a doubled text', `${DIAL}1&text=2`, ['text']],
      ['a text doubled under an escaped name', `${DIAL}1&te%78t=2`, ['text']],
      ['a text as an array', `${HEAD}&phoneNumber=0712345678&text[]=1`, ['text']],
      ['a text as an object', `${HEAD}&phoneNumber=0712345678&text[a]=1`, ['text']],
      ['a text as an escaped object', `${HEAD}&phoneNumber=0712345678&text%5Ba%5D=1`, ['text']],
      ['a text with a prototype', `${HEAD}&phoneNumber=0712345678&text[__proto__][a]=1`, ['text']],
      [
        'a text with an inherited name',
        `${HEAD}&phoneNumber=0712345678&text[toString]=1`,
        ['text'],
      ],
      ['a text and an object', `${DIAL}1&text[a]=2`, ['text']],
      ['25 texts', `${DIAL}1${'&text=1'.repeat(25)}`, ['text']],
      ['1,500 fields', `a=1&${'b=1&'.repeat(1_500)}${DIAL}`, ['request']],
      [
        'JSON in a form',
        JSON.stringify({ sessionId: 'ATUid_1' }),
        ['sessionId', 'phoneNumber', 'serviceCode'],
      ],
    ] as const
  ).map(([label, body, fields]): (typeof refused)[number] => [
    'written by hand',
    label,
    body,
    UNREADABLE,
    [...fields],
  ]),
  ...[
    ['a Ugandan number', '%2B256701430234'],
    ['a Nairobi land line', '%2B254202345678'],
    ['a masked number', '%2B254XXXXX678'],
    ['200 digits', '7'.repeat(200)],
    ['an emoji', '%F0%9F%93%B1'],
    ['bad percent-encoding', '%ZZ'],
  ].map(([label = '', phone = '']): (typeof refused)[number] => [
    'written by hand',
    label,
    `${HEAD}&phoneNumber=${phone}&text=`,
    UNSERVED,
    ['phoneNumber'],
  ]),
];

test.each(understood)('%s: %s', async (_source, _label, body, { session, phone, history }) => {
  const station = await startStation();
  expect(await station.post('ussd', body)).toMatchObject({
    status: 200,
    type: 'text/plain; charset=utf-8',
    body: 'CON Welcome',
  });
  expect(station.heard.turns).toEqual([
    {
      carrier: 'africastalking',
      session,
      phone,
      said: { history },
      network: new URLSearchParams(body).get('networkCode'),
    },
  ]);
  expect(station.heard.faults).toEqual([]);
});

test.each(refused)('%s, refused: %s', async (_source, _label, body, screen, fields) => {
  const station = await startStation();
  expect(await station.post('ussd', body)).toMatchObject({
    status: 200,
    type: 'text/plain; charset=utf-8',
    body: screen,
  });
  expect(station.heard.turns).toEqual([]);
  expect(station.heard.errors).toEqual([]);
  const kind = screen === UNSERVED ? 'unservedNumber' : 'malformed';
  expect(station.heard.faults).toEqual([{ fault: { kind, fields }, webhook: 'ussd' }]);
});

describe('what the caller sees', () => {
  test('a last screen ends the call', async () => {
    const station = await startStation({ ussd: async () => ({ text: 'Kwaheri', ended: true }) });
    expect((await station.post('ussd', DIAL)).body).toBe('END Kwaheri');
  });

  test('a screen that looks like a page is still plain text', async () => {
    const station = await startStation({ ussd: async () => ({ text: '<b>Ñ', ended: false }) });
    expect(await station.post('ussd', DIAL)).toMatchObject({
      type: 'text/plain; charset=utf-8',
      body: 'CON <b>Ñ',
    });
  });

  test.each<[string, () => Promise<never>]>([
    ['rejects', () => Promise.reject(new Error('the database is away'))],
    [
      'throws',
      () => {
        throw new Error('the database is away');
      },
    ],
  ])('an apology when the turn %s, and one report', async (_, ussd) => {
    const station = await startStation({ ussd });
    expect(await station.post('ussd', `${DIAL}1`)).toMatchObject({ status: 200, body: APOLOGY });
    expect(station.heard.errors).toEqual([
      { error: new Error('the database is away'), webhook: 'ussd' },
    ]);
  });

  test('an apology when the turn takes too long; its failure afterwards is reported too', async () => {
    const { promise, reject } = deferred();
    const station = await startStation({ ussd: () => promise }, { deadlineMs: 20 });
    expect(await station.post('ussd', DIAL)).toMatchObject({ status: 200, body: APOLOGY });
    reject(new Error('cancelled'));
    await expect(promise).rejects.toThrow();
    expect(station.heard.errors.map(({ error }) => String(error))).toEqual([
      'Error: It took longer than 20 ms',
      'Error: cancelled',
    ]);
  });

  test.each([unreadable, unserved, apology, goodbye])(
    '%s fits on one screen',
    ({ text, ended }) => {
      expect(ended).toBe(true);
      expect(text).toMatch(/^[A-Za-z ,.\n]+$/);
      expect(`END ${text}`.length).toBeLessThanOrEqual(160);
    },
  );
});

function deferred(): { promise: Promise<never>; reject: (error: Error) => void } {
  let reject: (error: Error) => void = () => {};
  const promise = new Promise<never>((_, fail) => {
    reject = fail;
  });
  return { promise, reject };
}
