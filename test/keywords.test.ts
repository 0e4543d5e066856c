import { beforeAll, describe, expect, test } from 'vitest';
import type { Dialogue } from '../src/dialogue/dialogue.js';
import { keywordAlone, openingOf, readKeyword } from '../src/keywords.js';
import { allFlows } from './kit/engine-phone.js';

let dialogue: Dialogue;
beforeAll(async () => {
  dialogue = await allFlows();
});

describe('SMS that ask for a flow', () => {
  test.each([
    ['REGISTER', 'registration', 'en', ''],
    ['register', 'registration', 'en', ''],
    ['  Jisajili. ', 'registration', 'sw', ''],
    ['"Reset"', 'reset', 'en', '"'],
    ['NENOSIRI tafadhali', 'reset', 'sw', 'tafadhali'],
    ['Profile', 'profile', 'en', ''],
    ['PROFILE KRA A012345678Z', 'profile', 'en', 'KRA A012345678Z'],
    ['PROFILEKRA A012345678Z', 'profile', 'en', 'KRA A012345678Z'],
    ['profilekraA012345678Z', 'profile', 'en', 'kraA012345678Z'],
    ['Wasifu: jina Jane', 'profile', 'sw', 'jina Jane'],
    ['WASIFUJINA Jane', 'profile', 'sw', 'JINA Jane'],
    ['Help!', 'help', 'en', ''],
    ['MSAADA', 'help', 'sw', ''],
    ['stop', 'stop', 'en', ''],
    ['Ondoka', 'stop', 'sw', ''],
    ['TOKA', 'stop', 'sw', ''],
    ['Start', 'start', 'en', ''],
    ['anza', 'start', 'sw', ''],
    ['english', 'language', 'en', ''],
    ['Kiswahili', 'language', 'sw', ''],
    ['kiingereza', 'language', 'en', ''],
  ])('%j', (text, flow, language, value) => {
    expect(readKeyword(dialogue, text)).toEqual({ flow, language, value });
  });
});

test.each([
  '',
  ' ',
  '1',
  '0',
  'Registered',
  'Hello',
  'REG ISTER',
  'STOPPED',
  '😀',
  '98',
  'Jane Wanjiku',
])('%j asks for none', (text) => {
  expect(readKeyword(dialogue, text)).toBeNull();
});

test.each([
  ['PROFILE KRA A0123', 'PROFILE'],
  [' "Stop" it', 'Stop'],
  ['PROFILEKRA A0123', null],
  ['Jane', null],
  ['1 STOP', null],
  ['', null],
])('the keyword alone in %j is %j', (text, keyword) => {
  expect(keywordAlone(dialogue, text)).toBe(keyword);
});

test.each([
  ['JISAJIRI', 'JISAJILI'],
  ['reeset.', 'RESET'],
  ['Nenosri', 'NENOSIRI'],
  ['msada', 'MSAADA'],
  ['Stark', 'START'],
])('%j may be meant for %s, whatever is open', (text, value) => {
  for (const isOpen of [false, true])
    expect(openingOf(dialogue, text, isOpen)).toEqual({ flow: 'mistyped', value });
});

test.each(['Anna', 'More', 'Registrar', 'Smart School', 'Profil Kisumu', 'Jane Wanjiku', '1'])(
  '%j answers what is open',
  (text) => {
    expect(openingOf(dialogue, text, true)).toBeNull();
  },
);

test('where nothing is open, a value may follow a keyword with a slip that takes one', () => {
  const opening = (text: string) => openingOf(dialogue, text, false);
  expect(opening('PROFIL KRA A012345678Z')).toEqual({ flow: 'mistyped', value: 'PROFILE' });
  expect(opening('REESET tafadhali')).toEqual({ flow: 'help' });
});
