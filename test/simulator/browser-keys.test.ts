import { expect, test } from 'vitest';
import { keysFor, type Situation } from '../../src/simulator/browser/keys.js';
import { multiTap, type Taps } from '../../src/simulator/browser/multi-tap.js';
import { readNumber, writeNumber } from '../../src/simulator/browser/numbers.js';

function tapped(keys: readonly (readonly [key: string, at: number])[]): string {
  let text = '';
  let taps: Taps | null = null;
  for (const [key, at] of keys) ({ text, taps } = multiTap(text, key, at, taps));
  return text;
}

test.each<[string, [string, number][], string]>([
  [
    'one key, quickly',
    [
      ['2', 0],
      ['2', 100],
    ],
    'B',
  ],
  [
    'one key, slowly',
    [
      ['2', 0],
      ['2', 2000],
    ],
    'Aa',
  ],
  [
    'round and round',
    [
      ['9', 0],
      ['9', 1],
      ['9', 2],
      ['9', 3],
      ['9', 4],
      ['9', 5],
    ],
    'W',
  ],
  [
    'two words',
    [
      ['2', 0],
      ['3', 1],
      ['0', 2],
      ['2', 3],
    ],
    'Ad A',
  ],
  [
    'a key without letters',
    [
      ['2', 0],
      ['*', 1],
      ['2', 2],
    ],
    'A*a',
  ],
])('%s', (_, keys, text) => {
  expect(tapped(keys)).toBe(text);
});

const atRest: Situation = {
  screen: 'idle',
  switchedOff: false,
  reading: false,
  hasMessages: false,
  hasOlder: false,
  written: false,
};

test.each<[string, Partial<Situation>, Partial<ReturnType<typeof keysFor>>]>([
  ['at rest the call key writes the code', {}, { call: 'writeService', end: null, entry: true }],
  [
    'with something written it dials',
    { written: true },
    { call: 'dial', ok: 'dial', end: 'eraseAll' },
  ],
  [
    'a menu is answered',
    { screen: 'menu' },
    { ok: 'reply', call: 'reply', end: 'hangUp', entry: true },
  ],
  [
    'while waiting one can only hang up',
    { screen: 'waiting' },
    { ok: null, end: 'hangUp', entry: false },
  ],
  ['after the end nothing is written', { screen: 'ended' }, { ok: 'hangUp', entry: false }],
  ['a message is closed', { reading: true }, { ok: 'closeMessage', end: 'closeMessage' }],
  [
    'a dead phone is dead',
    { switchedOff: true, screen: 'menu' },
    { ok: null, call: null, end: null },
  ],
])('%s', (_, situation, keys) => {
  expect(keysFor({ ...atRest, ...situation })).toMatchObject(keys);
});

test.each([
  ['0712 345 678', '254712345678'],
  ['+254112345678', '254112345678'],
  ['712345678', '254712345678'],
  ['0812345678', null],
  ['', null],
])('“%s” is the number %s', (written, phone) => {
  expect(readNumber(written)).toBe(phone);
  if (phone) expect(readNumber(writeNumber(phone))).toBe(phone);
});
