import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Dialogue } from '../../src/dialogue/dialogue.js';
import type { Language } from '../../src/dialogue/languages.js';
import type { Sentence } from '../../src/dialogue/pack.js';
import { loadFlows } from '../../src/flows.js';
import { catalogue } from '../../src/words/catalogue.js';
import { LONGEST_NAME, longestFacts } from '../kit/samples.js';
import { pseudoPack, shownIn, untranslated } from './pseudo.js';

const LIST = '../../languages/list.js';
const PSEUDO = 'xx' as Language;
/** All pages of a screen as one: a sentence is not to be cut in two. */
const ROOM = 10_000;

const english: readonly Sentence[] = catalogue(await loadFlows());
const flowNames = (await loadFlows()).map(({ name }) => name);

/** The service as it is with one pack more: which languages there are is settled as it is loaded. */
async function withPseudo() {
  vi.resetModules();
  vi.doMock(LIST, () => ({ packs: [pseudoPack(english)] }));
  const { loadFlows: load } = await import('../../src/flows.js');
  const { createDialogue } = await import('../../src/dialogue/dialogue.js');
  const { explore } = await import('../kit/explore.js');
  const { readKeyword } = await import('../../src/keywords.js');
  const { createWeb } = await import('../web/web-server.js').then(({ startWeb }) => ({
    createWeb: startWeb,
  }));
  return { dialogue: createDialogue(await load()), explore, readKeyword, createWeb };
}

let service: Awaited<ReturnType<typeof withPseudo>>;
let dialogue: Dialogue;
const shown = new Set<number>();

beforeAll(async () => {
  service = await withPseudo();
  dialogue = service.dialogue;
});
afterAll(() => {
  vi.doUnmock(LIST);
  vi.resetModules();
});

/** What is the same in every language: names, values, addresses, and who speaks. */
const alike = new RegExp(
  [
    LONGEST_NAME,
    longestFacts.web,
    '0712\\*\\*\\*678',
    'County \\d W*',
    'KNEC CP2',
    'English',
    'Kiswahili',
  ].join('|'),
  'g',
);

describe.each(flowNames)('the flow %s in another language', (flow) => {
  test('shows and sends nothing but translations', async () => {
    const { turns } = await service.explore(dialogue, flow, [PSEUDO], ROOM);
    for (const { turn, path } of turns) {
      if (turn.language !== PSEUDO) continue;
      for (const text of [turn.screen.text, ...turn.sms.map((sms) => sms.text)]) {
        for (const number of shownIn(text)) shown.add(number);
        const others = untranslated(text).replace(alike, '');
        expect(others, `${path.join(' > ')}\n${text}`).not.toMatch(/\p{L}/u);
      }
    }
  });
});

test('every sentence of every flow is shown somewhere', () => {
  const never = english.filter(
    ({ place }, index) =>
      place.startsWith('flows.') && !/\.(?:title|keywords)$/.test(place) && !shown.has(index),
  );
  expect(never.map(({ place }) => place)).toEqual([]);
});

test('is offered after the founding languages, and by its own keyword', async () => {
  const { turns } = await service.explore(dialogue, 'language', ['en'], ROOM);
  expect(turns[0]?.turn.screen.text).toContain('1. English\n2. Kiswahili\n3. <Pseudo>\n0. Back');
  const changed = turns.find(({ path, turn }) => path.at(-1) === '3' && turn.effects.length > 0);
  expect(changed?.turn.effects).toEqual([{ type: 'setLanguage', params: { language: PSEUDO } }]);
  expect(service.readKeyword(dialogue, 'xxenglish')).toMatchObject({
    flow: 'language',
    language: PSEUDO,
  });
});
