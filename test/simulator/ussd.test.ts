import { afterEach, beforeEach, expect, test } from 'vitest';
import { answersDialled } from '../../src/simulator/ussd-calls.js';
import { type Bench, heldAnswer, openBench, other, phone, secret } from './kit.js';

let bench: Bench;
beforeEach(async () => {
  bench = await openBench();
});
afterEach(() => bench.stop());

const UGLY = 'Connection problem or invalid MMI code.';
const screen = () => bench.network.handset(phone).screen;

test('a dial is the form that Africa’s Talking sends', async () => {
  await bench.network.dial(phone, '*384*27#');

  expect(bench.got).toHaveLength(1);
  expect(bench.got[0]?.form).toBe(
    'sessionId=ATUid_01010101010101010101010101010101&serviceCode=%2A384%2A27%23' +
      '&phoneNumber=%2B254712345678&networkCode=99999&text=',
  );
  expect(bench.got[0]?.headers).toMatchObject({
    'content-type': 'application/x-www-form-urlencoded',
    'user-agent': 'at-ussd-api/1.0',
  });
  expect(screen()).toEqual({ kind: 'menu', text: 'Welcome\n1 Register', septets: 18 });
});

test('replies repeat the whole history, whatever they hold', async () => {
  await bench.network.dial(phone, '*384*27#');
  for (const answer of ['1', 'Wanjikũ *& Sons', '', '00']) await bench.network.reply(phone, answer);

  expect(bench.forms('ussd').map(({ text }) => text)).toEqual([
    '',
    '1',
    '1*Wanjikũ *& Sons',
    '1*Wanjikũ *& Sons*',
    '1*Wanjikũ *& Sons**00',
  ]);
  expect(new Set(bench.forms('ussd').map(({ sessionId }) => sessionId)).size).toBe(1);
});

test('half a surrogate pair does not break the wire', async () => {
  await bench.network.dial(phone, '*384*27#');
  await bench.network.reply(phone, '\ud83d');
  expect(bench.forms('ussd')[1]).toMatchObject({ text: '\ufffd' });
});

test('END closes the call and is announced', async () => {
  await bench.network.dial(phone, '*384*27#');
  bench.answer = () => 'END Goodbye';
  await bench.network.reply(phone, '1');
  await bench.network.settled();

  expect(screen()).toMatchObject({ kind: 'ended', text: 'Goodbye' });
  expect(bench.forms('ussd-events')).toEqual([
    {
      date: '2026-05-03T06:04:45Z',
      sessionId: 'ATUid_01010101010101010101010101010101',
      serviceCode: '*384*27#',
      phoneNumber: '+254712345678',
      networkCode: '99999',
      status: 'Success',
      cost: 'KES 0.0000',
      durationInMillis: '0',
      hopsCount: '2',
      input: '1',
      lastAppResponse: 'END Goodbye',
    },
  ]);
  expect(await bench.network.reply(phone, '1')).toBe('noCall');
});

test('hanging up leaves the call and clears the screen', async () => {
  await bench.network.dial(phone, '*384*27#');
  bench.network.hangUp(phone);
  await bench.network.settled();

  expect(screen().kind).toBe('idle');
  expect(bench.forms('ussd-events')).toMatchObject([{ status: 'Incomplete', hopsCount: '1' }]);

  bench.network.hangUp(phone);
  await bench.network.settled();
  expect(bench.forms('ussd-events')).toHaveLength(1);
});

test('an answer that comes after the caller hung up is nobody’s', async () => {
  const { promise, give } = heldAnswer();
  bench.answer = () => promise;
  const dialling = bench.network.dial(phone, '*384*27#');
  expect(screen().kind).toBe('waiting');
  expect(await bench.network.reply(phone, '1')).toBe('busy');
  expect(await bench.network.dial(phone, '*384*27#')).toBe('busy');

  bench.network.hangUp(phone);
  give('CON Too late');
  await dialling;
  expect(screen().kind).toBe('idle');
});

test('two phones have calls of their own', async () => {
  bench.answer = (form) => `CON Hello ${form.get('phoneNumber')}`;
  await Promise.all([phone, other].map((one) => bench.network.dial(one, '*384*27#')));

  expect(screen().text).toBe('Hello +254712345678');
  expect(bench.network.handset(other).screen.text).toBe('Hello +254722000111');
  const [one, two] = bench.forms('ussd').map(({ sessionId }) => sessionId);
  expect(one).not.toBe(two);
});

test.each<[string, string | number, string]>([
  ['another first word', 'Welcome', 'invalid response'],
  ['CON without a space', 'CONTINUE', 'invalid response'],
  ['nothing', '', 'invalid response'],
  ['not found', 404, 'status 404'],
  ['a failure', 500, 'status 500'],
])('%s breaks the call as it does on a handset', async (_, answer, errorMessage) => {
  bench.answer = () => answer;
  await bench.network.dial(phone, '*384*27#');
  await bench.network.settled();

  expect(screen()).toMatchObject({ kind: 'fault', text: UGLY });
  expect(bench.forms('ussd-events')).toMatchObject([{ status: 'Failed', errorMessage }]);
});

test('the carrier does not wait for ever', async () => {
  const impatient = await openBench({ patience: 30 });
  const { promise, give } = heldAnswer();
  impatient.answer = () => promise;
  await impatient.network.dial(phone, '*384*27#');
  expect(impatient.network.handset(phone).screen).toMatchObject({ kind: 'fault', text: UGLY });
  expect(impatient.network.view().wire.at(-1)?.answer).toMatchObject({ status: 0 });
  give('CON Too late');
  await impatient.stop();
});

test.each<[string, readonly string[] | null]>([
  ['*384*27#', []],
  ['*384*27*1*2#', ['1', '2']],
  ['*384*27*1#', ['1']],
  ['*384*27**#', ['', '']],
  ['*384*270#', null],
  ['*384#', null],
  ['*384*27*1', null],
  ['0712345678', null],
])('%s dialled on *384*27#', (code, answers) => {
  expect(answersDialled(code, '*384*27#')).toEqual(answers);
});

test('a deep dial begins with its answers', async () => {
  await bench.network.dial(phone, '*384*27*1*2#');
  await bench.network.reply(phone, '3');
  expect(bench.forms('ussd').map(({ serviceCode, text }) => [serviceCode, text])).toEqual([
    ['*384*27#', '1*2'],
    ['*384*27#', '1*2*3'],
  ]);
});

test('a code of nobody never reaches the gateway', async () => {
  await bench.network.dial(phone, '*100#');
  expect(screen()).toMatchObject({ kind: 'fault', text: UGLY });
  expect(bench.got).toEqual([]);
});

test('the code that KNEC tells people to dial takes back the block', async () => {
  bench.network.setSwitches(phone, { blocksPromotional: true });
  await bench.network.dial(phone, '*456*9*5*5*1#');
  expect(bench.network.handset(phone)).toMatchObject({
    blocksPromotional: false,
    screen: { kind: 'notice' },
  });
});

test('a phone that is switched off in a call loses it', async () => {
  await bench.network.dial(phone, '*384*27#');
  bench.network.setSwitches(phone, { switchedOff: true });
  await bench.network.settled();
  expect(bench.forms('ussd-events')).toMatchObject([{ status: 'Incomplete' }]);
  expect(await bench.network.dial(phone, '*384*27#')).toBe('switchedOff');
  expect(await bench.network.reply(phone, '1')).toBe('switchedOff');
});

test('the wire log tells all but the secret', async () => {
  bench.answer = () => `END ${secret}`;
  await bench.network.dial(phone, '*384*27#');
  await bench.network.settled();

  const { wire } = bench.network.view();
  expect(wire.map(({ path }) => path)).toEqual([
    '/africastalking/••••••/ussd-events',
    '/africastalking/••••••/ussd',
  ]);
  expect(JSON.stringify(wire)).not.toContain(secret);
  expect(wire[1]).toMatchObject({
    direction: 'toGateway',
    phone,
    method: 'POST',
    answer: { status: 200, body: 'END ••••••', milliseconds: 0 },
  });
});
