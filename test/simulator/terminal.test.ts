import { afterEach, beforeEach, expect, test } from 'vitest';
import { drawBox, wrap } from '../../src/simulator/terminal/box.js';
import { connect } from '../../src/simulator/terminal/connection.js';
import { createTerminalPhone, type TerminalPhone } from '../../src/simulator/terminal/phone.js';
import type { Step } from '../../src/simulator/terminal/recording.js';
import { type Bench, openBench, phone } from './kit.js';

let bench: Bench;
let terminal: TerminalPhone;
let printed: string[];
let saved: { name: string; steps: readonly Step[] }[];
const leaving: AbortController[] = [];

beforeEach(async () => {
  bench = await openBench();
  printed = [];
  saved = [];
  const connection = await connect(bench.url);
  if (!connection) throw new Error('the bench does not answer');
  terminal = createTerminalPhone({
    connection,
    phone,
    ussdCode: '*384*27#',
    smsShortCode: '22263',
    alreadyShown: [],
    print: (line) => printed.push(line),
    save: async (name, steps) => {
      saved.push({ name, steps: [...steps] });
      return `test/recorded/${name}.test.ts`;
    },
    patience: 2000,
  });
  const left = new AbortController();
  leaving.push(left);
  connection.listen(terminal.notice, left.signal).catch(() => {});
});
afterEach(async () => {
  leaving.pop()?.abort();
  await bench.stop();
});

const arrive = (message: string) => bench.network.accept({ to: '+254712345678', message });

test('a call of somebody who is registered is kept as one', async () => {
  bench.answer = (form) => {
    bench.network.observe(form.get('sessionId') ?? '', { flow: 'home', state: 'menu' });
    return 'END Hello';
  };
  await terminal.obey('*384*27#');
  await terminal.obey('save member');
  expect(saved[0]?.steps[0]).toEqual({ did: 'dial', code: '*384*27#', registered: true });
});

test('a call, an SMS and a session that is kept', async () => {
  bench.answer = (form) => (form.get('text') === '' ? 'CON Hello\n1 Register' : 'END Welcome');
  await terminal.obey('*384*27#');
  await terminal.obey('1');
  arrive('Your password is 48291377');
  await terminal.obey('wait');
  await terminal.obey('save first');

  expect(printed[0]).toBe(
    [
      '╭─ 0712***678 ──────────── 16/160 ─╮',
      '│ Hello                            │',
      '│ 1 Register                       │',
      '╰──────────────────────────────────╯',
    ].join('\n'),
  );
  expect(printed.join('\n')).toContain('SMS from 22263');
  expect(saved).toEqual([
    {
      name: 'first',
      steps: [
        { did: 'dial', code: '*384*27#' },
        { did: 'see', text: 'Hello\n1 Register' },
        { did: 'reply', said: '1' },
        { did: 'see', text: 'Welcome' },
        { did: 'ended' },
        { did: 'sms', text: 'Your password is 48291377' },
      ],
    },
  ]);
});

test('whoever leaves in the middle of a call hangs up', async () => {
  bench.answer = () => 'CON Hello';
  await terminal.obey('*384*27#');
  expect(await terminal.obey('quit')).toBe(false);
  await terminal.leave();
  expect(bench.network.handset(phone).screen.kind).toBe('idle');
  await terminal.leave();
  expect(printed.filter((line) => line === 'Hung up.')).toHaveLength(1);
});

test('an SMS that comes before the screen is shown after it', async () => {
  bench.answer = () => {
    arrive('Early');
    return 'END Welcome';
  };
  await terminal.obey('*384*27#');
  await terminal.obey('wait');
  expect(printed.map((box) => box.includes('Welcome'))).toEqual([true, false]);
});

test('waits for the answer to what was texted last, not for one that has come before', async () => {
  bench.answer = () => 'CON Hello';
  await terminal.obey('*384*27#');
  arrive('Early');
  await terminal.obey('wait');
  await terminal.obey('sms HELP');
  const waiting = terminal.obey('wait');
  arrive('The answer');
  await waiting;
  expect(printed.at(-1)).toContain('The answer');
});

test.each([
  ['1', 'Nothing to answer. Dial *384*27#, or type help.'],
  ['save x', 'There is no session to save yet.'],
  ['number 12', 'That is not a Kenyan mobile number, such as 0712345678.'],
  ['number 0722 000 111', 'This is 0722***111 now.'],
  ['inbox', 'No messages.'],
  ['hangup', 'Hung up.'],
  ['sms HELP', 'Sent to 22263.'],
])('%s: %s', async (line, answer) => {
  expect(await terminal.obey(line)).toBe(true);
  expect(printed).toEqual([answer]);
});

test('during a call the words of commands are commands, anything else is an answer', async () => {
  await terminal.obey('*384*27#');
  await terminal.obey('Wanjiku Kamau');
  await terminal.obey('');
  await terminal.obey('hangup');
  expect(bench.forms('ussd').map(({ text }) => text)).toEqual([
    '',
    'Wanjiku Kamau',
    'Wanjiku Kamau*',
  ]);
  expect(await terminal.obey('quit')).toBe(false);
});

test.each([
  ['short', ['short']],
  ['twelve chars', ['twelve', 'chars']],
  ['abcdefghijkl', ['abcdefghij', 'kl']],
  ['', ['']],
])('“%s” in ten columns', (line, lines) => {
  expect(wrap(line, 10)).toEqual(lines);
});

test('every line of a box is as wide as its frame', () => {
  const box = drawBox('One\n\nA line that is longer than what fits on one', 'Left', 'right');
  expect(new Set(box.split('\n').map((line) => line.length))).toEqual(new Set([36]));
});

test('where nothing listens nobody connects', async () => {
  const { url } = bench;
  await bench.stop();
  expect(await connect(url)).toBeNull();
});
