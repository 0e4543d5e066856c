import { describe, expect, test } from 'vitest';
import { type PastCall, type PastTurn, tally } from '../../src/funnel/tally.js';
import { quantile } from '../../src/funnel/times.js';

const BEGUN = Date.parse('2026-11-24T06:00:00Z');

/** A turn as `[flow, state, seconds after the dial]`, with what is special about it. */
function turn(
  [flow, state, second]: [string, string, number],
  more: Partial<PastTurn> = {},
): PastTurn {
  const at = new Date(BEGUN + second * 1000);
  return { flow, state, topic: null, slipped: false, finished: null, ended: false, at, ...more };
}

function call(turns: readonly PastTurn[], more: Partial<PastCall> = {}): PastCall {
  const when = { day: '2026-11-24', channel: 'ussd', language: 'en' } as const;
  return { ...when, endedAs: null, cost: null, turns, ...more };
}

const welcome = turn(['home', 'welcome', 0]);
const consent = turn(['registration', 'consent', 8]);
const registered = turn(['registration', 'registered', 20], {
  finished: 'registration',
  ended: true,
});

/** The rows of a tally about a flow, by name. */
function flow(calls: readonly PastCall[], name: string) {
  return tally(calls).flows.filter((count) => count.flow === name);
}

function screen(calls: readonly PastCall[], state: string, topic = '') {
  return tally(calls).screens.find((count) => count.state === state && count.topic === topic);
}

test('a call counts in every flow and screen that it came to', () => {
  const calls = [call([welcome, consent, registered]), call([welcome, consent])];
  expect(tally(calls).calls).toEqual([
    {
      ...{ day: '2026-11-24', channel: 'ussd', language: 'en', currency: '' },
      ...{ calls: 2, finished: 1, tasks: 1, gaveUp: 1, cutOff: 0, cost: 0 },
    },
  ]);
  expect(flow(calls, 'home')).toMatchObject([{ started: 2, finished: 0, gaveUp: 0 }]);
  expect(flow(calls, 'registration')).toMatchObject([{ started: 2, finished: 1, gaveUp: 1 }]);
  expect(screen(calls, 'consent')).toMatchObject({ reached: 2, shown: 2, gaveUp: 1, stopped: 0 });
  expect(screen(calls, 'registered')).toMatchObject({ reached: 1, gaveUp: 0 });
});

describe('how a call was left', () => {
  test.each<[string, PastCall['endedAs'], { gaveUp: number; cutOff: number }]>([
    ['the carrier has told nothing', null, { gaveUp: 1, cutOff: 0 }],
    ['the caller hung up', 'abandoned', { gaveUp: 1, cutOff: 0 }],
    ['the carrier has a word that we do not know', 'unknown', { gaveUp: 1, cutOff: 0 }],
    ['the network failed', 'failed', { gaveUp: 0, cutOff: 1 }],
    ['the carrier says that it came to its end', 'completed', { gaveUp: 0, cutOff: 0 }],
  ])('%s', (_, endedAs, left) => {
    const calls = [call([welcome, consent], { endedAs })];
    expect(tally(calls).calls).toMatchObject([left]);
    expect(flow(calls, 'registration')).toMatchObject([left]);
    expect(screen(calls, 'consent')).toMatchObject(left);
    expect(screen(calls, 'welcome')).toMatchObject({ gaveUp: 0, cutOff: 0 });
  });

  test('a call that we have ended was not given up, whatever the network says', () => {
    const calls = [call([welcome, { ...consent, ended: true }], { endedAs: 'abandoned' })];
    expect(tally(calls).calls).toMatchObject([{ gaveUp: 0, cutOff: 0, finished: 0 }]);
  });

  test('who hangs up after the task is done has not given up', () => {
    const question = turn(['profile', 'question', 5], { topic: 'fullName' });
    const next = turn(['profile', 'question', 30], { topic: 'email', finished: 'profile' });
    const calls = [call([welcome, question, next])];
    expect(tally(calls).calls).toMatchObject([{ finished: 1, tasks: 1, gaveUp: 0 }]);
    expect(flow(calls, 'profile')).toMatchObject([{ finished: 1, gaveUp: 0 }]);
    expect(screen(calls, 'question')).toMatchObject({ stopped: 1, gaveUp: 0 });
    expect(screen(calls, 'question', 'email')).toMatchObject({ stopped: 1 });
    expect(screen(calls, 'question', 'fullName')).toMatchObject({ stopped: 0 });
  });
});

test('a task is done once a call, and counts for the flow that did it', () => {
  const choice = turn(['language', 'choice', 4]);
  const changed = turn(['home', 'welcome', 9], { finished: 'language' });
  const calls = [call([welcome, choice, changed, { ...choice }, { ...changed }])];
  expect(tally(calls).calls).toMatchObject([{ finished: 1, tasks: 1 }]);
  expect(flow(calls, 'language')).toMatchObject([{ started: 1, finished: 1 }]);
  expect(flow(calls, 'home')).toMatchObject([{ started: 1, finished: 0 }]);
});

test('slips and times are of the screen that was answered', () => {
  const slip = turn(['registration', 'consent', 15], { slipped: true });
  const calls = [call([welcome, consent, slip, { ...registered, at: new Date(BEGUN + 55_000) }])];
  const of = screen(calls, 'consent');
  expect(of).toMatchObject({ reached: 1, shown: 2, slips: 1 });
  expect(of?.times.reduce((sum, count) => sum + count)).toBe(2);
  expect(quantile(of?.times ?? [], 1)).toBe(40);
  expect(screen(calls, 'registered')?.times.every((count) => count === 0)).toBe(true);
});

test('a state that asks for many things counts once, and by what it asks for', () => {
  const asked = (topic: string, second: number) =>
    turn(['profile', 'question', second], { topic, slipped: second === 20 });
  const calls = [call([asked('kraPin', 1), asked('kraPin', 20), asked('nssf', 30)])];
  expect(screen(calls, 'question')).toMatchObject({ reached: 1, shown: 3, slips: 1 });
  expect(screen(calls, 'question', 'kraPin')).toMatchObject({ reached: 1, shown: 2, slips: 1 });
  expect(screen(calls, 'question', 'nssf')).toMatchObject({ reached: 1, shown: 1, slips: 0 });
});

test('calls are told apart by day, channel, language and currency', () => {
  const turns = [welcome, consent, registered];
  const cost = (amount: number, currency: string) => ({ cost: { amount, currency } });
  const { calls, flows } = tally([
    call(turns, cost(0.5, 'KES')),
    call(turns, cost(0.25, 'KES')),
    call(turns),
    call(turns, { language: 'sw', ...cost(2, 'KES') }),
    call(turns, { day: '2026-11-25', ...cost(3, 'USD') }),
    call(turns, { channel: 'sms' }),
  ]);
  expect(calls.map(({ calls: n, cost: sum, currency }) => [n, sum, currency])).toEqual([
    [2, 0.75, 'KES'],
    [1, 0, ''],
    [1, 2, 'KES'],
    [1, 3, 'USD'],
    [1, 0, ''],
  ]);
  expect(flows.filter((one) => one.flow === 'registration').map(({ cost: sum }) => sum)).toEqual([
    0.75, 0, 2, 3, 0,
  ]);
});

test('no calls come to nothing', () => {
  expect(tally([])).toEqual({ calls: [], flows: [], screens: [] });
  expect(tally([call([])])).toEqual({ calls: [], flows: [], screens: [] });
});
