import { describe, expect, test } from 'vitest';
import { packs } from '../../languages/list.js';
import { isGsm } from '../../src/dialogue/gsm.js';
import { type Pack, quotedIn, type Sentence, translated } from '../../src/dialogue/pack.js';
import { loadFlows } from '../../src/flows.js';
import { catalogue } from '../../src/words/catalogue.js';
import { packFaults } from '../../src/words/pack-faults.js';
import { packFile } from '../../src/words/pack-file.js';
import { pseudoPack } from './pseudo.js';

const flows = await loadFlows();
const english = catalogue(flows);
const kiswahili = catalogue(flows, 'sw');
const all: readonly Pack[] = packs;

describe('the founding languages', () => {
  test('have the same sentences', () => {
    expect(kiswahili.map(({ place }) => place)).toEqual(english.map(({ place }) => place));
  });

  test.each(
    english.map((sentence, index) => [sentence.place, sentence, kiswahili[index]] as const),
  )('quote the same in %s', (_, { text }, other) => {
    expect(quotedIn(other?.text ?? '').toSorted()).toEqual(quotedIn(text).toSorted());
  });

  test('can be shown on any phone, but for the web pages', () => {
    for (const { place, text } of [...english, ...kiswahili]) {
      if (!place.startsWith('web.')) expect(isGsm(text), `${place}: ${text}`).toBe(true);
    }
  });

  // Kenya's own words, and those that the domain notes give for what every screen says.
  test.each([/\bnamba\b/i, /\bneno la siri\b/i, /\bpaswedi\b/i, /\bprofaili\b/i, /\bhelp\b/i])(
    'have no %s in Kiswahili',
    (word) => {
      for (const { place, text } of kiswahili) expect(text, place).not.toMatch(word);
    },
  );
});

describe('every pack in the list', () => {
  test('has nothing missing, unused, untranslated or out of date', () => {
    const faults = all.flatMap((pack) =>
      packFaults(pack, english).map((fault) => `languages/${pack.code}.ts: ${fault}`),
    );
    expect(faults).toEqual([]);
  });

  test('has keywords that mean nothing else in another language', () => {
    expect(clashes([english, kiswahili, ...all.map(sentencesOf)])).toEqual([]);
  });
});

test('what is wrong with a pack is told with its place', () => {
  const whole = { ...pseudoPack(english), name: 'Pseudo' };
  expect(packFaults(whole, english)).toEqual([]);
  const faultsOf = (words: Pack['words']) =>
    packFaults({ ...whole, words: { ...whole.words, ...words } }, english);
  const { 'common.back': _, ...without } = whole.words;
  expect(packFaults({ ...whole, words: without }, english)).toEqual([
    'common.back: missing; in English: Back',
  ]);
  const place = 'flows.registration.screens.alreadyRegistered.says';
  const text = english.find((one) => one.place === place)?.text ?? '';
  expect(faultsOf({ 'flows.gone.title': ['Gone', 'Parti'] })).toEqual([
    'flows.gone.title: nothing reads it any more',
  ]);
  expect(faultsOf({ [place]: [text, ''] })).toEqual([
    `${place}: not translated; in English: ${text}`,
  ]);
  expect(faultsOf({ [place]: ['Old', 'Vieux'] })).toEqual([
    `${place}: English says now: ${text}; you translated: Old`,
  ]);
  expect(faultsOf({ [place]: [text, 'Inscrit {fone} \u00ea'] })).toEqual([
    `${place}: leaves out {phone}`,
    `${place}: quotes {fone}, which there is not`,
    `${place}: has letters that GSM 03.38 lacks, which halve what fits`,
  ]);
  expect(faultsOf({ 'flows.help.keywords': ['HELP', 'Aide'] })).toHaveLength(1);
});

test('the file of a pack keeps what was translated, and marks the rest', () => {
  const file = packFile(
    {
      ...{ code: 'fr', name: 'Francais', locale: 'fr-FR' },
      words: {
        'common.back': ['Back', "D'accord"],
        'common.home': ['Front page', 'Accueil'],
        'common.gone': ['Gone', 'Parti'],
      },
    },
    english.slice(0, 3),
  );
  expect(file).toContain(`    'common.back': [\n      'Back',\n      "D'accord",\n    ],\n`);
  expect(file).toContain(
    [
      '    // English was: Front page',
      '    // translated: Accueil',
      ...["    'common.home': [", "      'Home',", "      '',", '    ],'],
      '    // new',
      ...["    'common.more': [", "      'More',", "      '',", '    ],'],
    ].join('\n'),
  );
  expect(file).toContain('// no longer read: common.gone: Parti');
});

test('a text that is made from values is translated with its values in another order', () => {
  const words = { 'web.whole': ['{given} of {all} details', '{all}: {given}'] } as const;
  const pack: Pack = { code: 'fr', name: 'Francais', locale: 'fr-FR', words };
  const whole = (given: number, all: number) => `${given} of ${all} details`;
  expect(translated(pack, 'web', { whole }).whole(3, 25)).toBe('25: 3');
});

function sentencesOf({ words }: Pack): readonly Sentence[] {
  return Object.entries(words).map(([place, [, text]]) => ({ place, text }));
}

/** Words that mean one thing in one language and another in another. */
function clashes(languages: readonly (readonly Sentence[])[]): readonly string[] {
  return ['keywords', 'sms'].flatMap((kind) => {
    const meanings = new Map<string, string>();
    return languages.flat().flatMap(({ place, text }) => {
      if (!place.endsWith(`.${kind}`)) return [];
      return text.split(' ').flatMap((word) => {
        const other = meanings.get(word) ?? place;
        meanings.set(word, place);
        return other === place ? [] : [`${word}: ${other} and ${place}`];
      });
    });
  });
}
