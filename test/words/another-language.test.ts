import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { longestList, longestProfile, longestQuoted } from '../../proof/longest.js';
import { transcriptOf } from '../../proof/transcript.js';
import type { Dialogue } from '../../src/dialogue/dialogue.js';
import type { Language } from '../../src/dialogue/languages.js';
import type { Sentence } from '../../src/dialogue/pack.js';
import { loadFlows } from '../../src/flows.js';
import { detailNames } from '../../src/profile/details.js';
import { catalogue } from '../../src/words/catalogue.js';
import { useDatabase } from '../kit/database.js';
import { fullProfile } from '../web/full-profile.js';
import { type Answer, type HttpVisitor, visitor } from '../web/http-visitor.js';
import { newPhone, type WebServer } from '../web/web-server.js';
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
  const { explore } = await import('../../proof/explore.js');
  const { samples } = await import('../../proof/samples.js');
  const { readKeyword } = await import('../../src/keywords.js');
  const { haveAccount, startWeb } = await import('../web/web-server.js');
  const dialogue = createDialogue(await load());
  const notice = { flow: 'about', state: 'notice', context: {}, remark: null, page: 0 };
  const left = [{ ...notice, version: dialogue.flows.get('about')?.version ?? 0 }];
  const walk = async (name: string, languages: readonly Language[]) => {
    const flow = dialogue.flows.get(name);
    if (!flow) throw new Error(`there is no flow named ${name}`);
    return explore(dialogue, flow, samples, { left, languages, budget: ROOM });
  };
  return { dialogue, walk, readKeyword, haveAccount, startWeb };
}

const database = useDatabase();
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
    ...Object.values(longestQuoted.facts),
    longestQuoted.phone,
    ...Object.values(longestProfile('en')),
    ...detailNames.flatMap((detail) => longestList(detail, 'en')).map(({ label }) => label),
    ...['KNEC CP2', 'English', 'Kiswahili'],
  ]
    .sort((one, other) => other.length - one.length)
    .map((text) => text.replace(/[^\w\s]/g, '\\$&'))
    .join('|'),
  'g',
);

describe.each(flowNames)('the flow %s in another language', (flow) => {
  test('shows and sends nothing but translations', async () => {
    const { places, sms } = await service.walk(flow, [PSEUDO]);
    const screens = places
      .filter(({ view }) => view.language === PSEUDO)
      .map(({ turn, way }) => ({ text: turn.screen.text, way }));
    for (const { text, way } of [...screens, ...sms]) {
      for (const number of shownIn(text)) shown.add(number);
      const others = untranslated(text).replace(alike, '');
      if (/\p{L}/u.test(others)) expect.fail(`${others} in:\n${transcriptOf(way)}`);
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
  const { places } = await service.walk('language', ['en']);
  expect(places[0]?.turn.screen.text).toContain('1. English\n2. Kiswahili\n3. <Pseudo>\n0. Back');
  const changed = places.find(({ way, turn }) => way.said === '3' && turn.effects.length > 0);
  expect(changed?.turn.effects).toEqual([{ type: 'setLanguage', params: { language: PSEUDO } }]);
  expect(service.readKeyword(dialogue, 'xxenglish')).toMatchObject({
    flow: 'language',
    language: PSEUDO,
  });
});

describe('the web pages in another language', () => {
  let web: WebServer;
  let member: HttpVisitor;
  beforeAll(async () => {
    const { db } = database();
    web = await service.startWeb(db);
    const [phone, password] = [newPhone(), 'three blind mice'];
    await service.haveAccount(db, { phone, password, language: PSEUDO });
    member = visitor(web.url);
    await member.get(`/?lang=${PSEUDO}`);
    await member.post('/login', { phone, password });
    await member.post('/profile/personal', fullProfile.personal);
    await member.post('/profile/bank', { ...fullProfile.bank, account: '12345678' });
  });
  afterAll(() => web.close());

  test.each(['/', '/register', '/reset', '/login', '/privacy', '/nowhere'])(
    'whoever looks at %s',
    async (path) => {
      expectPseudo(await visitor(web.url).get(path, { 'accept-language': PSEUDO }));
    },
  );

  test.each(['/register', '/reset', '/login'])('and sends %s empty', async (path) => {
    const headers = { 'accept-language': PSEUDO, 'sec-fetch-site': 'same-origin' };
    expectPseudo(await visitor(web.url).post(path, { phone: '7' }, headers));
  });

  const groups = Object.keys(fullProfile).map((group) => `/profile/${group}`);
  const own = ['/profile', '/profile/data', '/profile/data/erase', '/password'];
  test.each([...own, ...groups])('a member at %s', async (path) => {
    expectPseudo(await member.get(path));
  });

  test.each(groups)('a member who sends what is not right to %s', async (path) => {
    const wrong = { nationalId: '?', account: '777', college: '?', yearStarted: '?', kinName: '?' };
    expectPseudo(await member.post(path, wrong));
  });
});

/** The words of a page, without what is a value, an item of the operator's lists, an icon or a style. */
function expectPseudo({ html }: Answer): void {
  expect(html).toContain(`<html lang="${PSEUDO}">`);
  const spoken = [...html.matchAll(/ (?:aria-label|alt|title|placeholder)="([^"]*)"/g)];
  const text = html
    .replace(/<(style|script|svg)\b.*?<\/\1>/gs, '')
    .replace(/<option value="[^"]+".*?<\/option>|<option>.*?<\/option>/gs, '')
    .replace(/<[^>]+>/g, '\n');
  const words = [...spoken.map(([, label = '']) => label), text]
    .join('\n')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');
  const others = untranslated(words).replace(alike, '').replace(values, '').trim();
  expect(others).not.toMatch(/\p{L}/u);
}

/** What a person has given, as the pages show it. */
const values = /Wanjiku Achieng Otieno|Equity|Kisumu|\d+ [A-Z][a-z]+ 2026/g;
