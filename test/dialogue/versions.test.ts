import { describe, expect, test } from 'vitest';
import { assign } from 'xstate';
import { createDialogue, type Dialogue } from '../../src/dialogue/dialogue.js';
import { defineFlow, type Flow } from '../../src/dialogue/flow.js';
import { flowMachine } from '../../src/dialogue/machine.js';
import type { Position, View } from '../../src/dialogue/screen.js';
import { back, enter, option, resumeFrom } from '../../src/dialogue/states.js';
import { answer, open, type Turn, toOffer } from '../../src/dialogue/turn.js';
import type { Words } from '../../src/dialogue/words.js';
import { quoted } from '../kit/engine-phone.js';
import { createCallerWorld } from '../kit/world.js';

/*
 * A service in two versions. The old one asks whether to stop messages, and then to be sure. The new
 * one has turned the numbers of the first question round, put another question between the two, and
 * given the second another name.
 */

type Old = { context: { sure: boolean }; notes: never; messages: Record<never, never> };
type New = { context: { reason: string }; notes: never; messages: Record<never, never> };
type Home = {
  context: { unfinished: { readonly flow: string } | null };
  notes: never;
  messages: Record<never, never>;
};

const stop = { type: 'stopMessages', params: undefined } as const;

const oldMachine = flowMachine<Old>()({
  id: 'quiet',
  context: { sure: false },
  initial: 'wish',
  states: {
    wish: {
      on: { reply: [option('stop', 'sure'), option('keep', 'kept'), back('toHome')] },
    },
    sure: {
      entry: assign({ sure: true }),
      on: { reply: [{ ...option('yes', 'stopped'), actions: stop }, back('wish')] },
    },
    stopped: { type: 'final' },
    kept: { type: 'final' },
    toHome: enter('home'),
  },
});

const newMachine = flowMachine<New>()({
  id: 'quiet',
  context: { reason: '' },
  initial: 'wish',
  states: {
    wish: {
      on: { reply: [option('keep', 'kept'), option('stop', 'reason'), back('toHome')] },
    },
    reason: {
      on: {
        reply: [
          back('wish'),
          { target: 'confirmation', actions: assign({ reason: ({ event }) => event.said }) },
        ],
      },
    },
    confirmation: {
      on: { reply: [{ ...option('yes', 'stopped'), actions: stop }, back('wish')] },
    },
    stopped: { type: 'final' },
    kept: { type: 'final' },
    toHome: enter('home'),
  },
});

const sure = { says: 'Are you sure?', options: { yes: 'Yes, stop them' } };
const wish = { says: 'Messages?', options: { stop: 'Stop them', keep: 'Keep them' } };
const rest = { title: 'Quiet', keywords: [], notes: {}, messages: {} };
const oldWords: Words<typeof oldMachine> = {
  ...rest,
  screens: { wish, sure, stopped: 'Stopped.', kept: 'Kept.' },
};
const newWords: Words<typeof newMachine> = {
  ...rest,
  screens: { wish, reason: 'Why?', confirmation: sure, stopped: 'Stopped.', kept: 'Kept.' },
};

const home = flowMachine<Home>()({
  id: 'home',
  context: ({ input }) => ({ unfinished: input.unfinished }),
  initial: 'arriving',
  states: {
    arriving: {
      always: [
        { guard: ({ context }) => context.unfinished !== null, target: 'unfinished' },
        { target: 'menu' },
      ],
    },
    unfinished: { on: { reply: [option('goOn', 'toUnfinished'), option('menu', 'menu')] } },
    menu: { on: { reply: [option('quiet', 'toQuiet')] } },
    toQuiet: enter('quiet'),
    toUnfinished: resumeFrom('unfinished'),
  },
});
const homeWords: Words<typeof home> = {
  title: 'Home',
  keywords: [],
  screens: {
    menu: { says: 'Menu', options: { quiet: 'Messages' } },
    unfinished: { says: 'Go on?', options: { goOn: 'Go on', menu: 'Menu' } },
  },
  notes: {},
  messages: {},
};
const homeFlow = defineFlow({
  name: 'home',
  version: 1,
  machine: home,
  words: { en: homeWords, sw: homeWords },
});

const oldFlow = defineFlow({
  name: 'quiet',
  version: 1,
  machine: oldMachine,
  words: { en: oldWords, sw: oldWords },
  resumes: ['sure'],
});
const newFlow = defineFlow({
  name: 'quiet',
  version: 2,
  from: {
    1: ({ state }) => {
      if (state === 'wish') return { state, context: { reason: '' } };
      if (state !== 'sure') return null;
      return { state: 'confirmation', context: { reason: 'not asked' }, sameQuestion: true };
    },
  },
  machine: newMachine,
  words: { en: newWords, sw: newWords },
  resumes: ['confirmation'],
});

const before = createDialogue([homeFlow, oldFlow]);
const after = createDialogue([homeFlow, newFlow]);
const view: View = { language: 'en', budget: 156, ...quoted, signed: false };
const { ask } = createCallerWorld({ registered: true });

const stored = (turn: Turn): Position => JSON.parse(JSON.stringify(turn.position));
const say = (dialogue: Dialogue, position: Position, said: string) =>
  answer(dialogue, position, said, view, ask);

/** Follows answers in the old version: what is stored then. */
async function leftAt(...answers: string[]): Promise<Position> {
  let turn = await open(before, { flow: 'quiet' }, view, ask);
  for (const said of answers) turn = await say(before, stored(turn), said);
  return stored(turn);
}

describe('a call that a new version meets in the middle', () => {
  test('goes on with its answer where the question is the same', async () => {
    const turn = await say(after, await leftAt('1'), '1');
    expect(turn.screen).toEqual({ text: 'Stopped.', ended: true });
    expect(turn.effects).toEqual([{ type: 'stopMessages', params: undefined }]);
  });

  test('is shown the new screen where the numbers mean something else by now', async () => {
    // 1 was to stop them, and is to keep them.
    const turn = await say(after, await leftAt(), '1');
    expect(turn.screen.text).toBe(
      'This service has just been updated. Please choose again.\nMessages?\n1. Keep them\n2. Stop them\n0. Back',
    );
    expect(turn.position).toMatchObject({ flow: 'quiet', version: 2, state: 'wish' });
    expect(turn.effects).toEqual([]);
    expect((await say(after, stored(turn), '1')).screen.text).toBe('Kept.');
  });

  test('goes home at 00, whatever it was asked', async () => {
    const turn = await say(after, await leftAt(), '00');
    expect(turn.position).toMatchObject({ flow: 'home', state: 'menu', remark: null });
  });

  const broken: readonly (readonly [string, Flow['from']])[] = [
    ['nothing is declared', {}],
    ['it has been given up', { 1: () => null }],
    [
      'what was stored was not thought of',
      { 1: ({ context }) => ({ state: (context['a'] as Flow).name, context }) },
    ],
    ['the state does not exist either', { 1: () => ({ state: 'nowhere', context: {} }) }],
    ['the state has no screen', { 1: () => ({ state: 'toHome', context: {} }) }],
  ];

  test.each(broken)('is led home, politely, where %s', async (_name, from) => {
    const dialogue = createDialogue([homeFlow, { ...newFlow, from }]);
    const left = await leftAt('1');
    const turn = await say(dialogue, left, '1');
    expect(turn.screen.text).toMatch(/^This service has just been updated. Please choose again./);
    expect(turn.position).toMatchObject({ flow: 'home', state: 'menu' });
    expect(turn.effects).toEqual([]);
    expect(toOffer(dialogue, left)).toBeNull();
  });
});

describe('a call that was left before a new version', () => {
  test('is offered and gone on with where its question still stands', async () => {
    const unfinished = await leftAt('1');
    expect(toOffer(after, unfinished)).toBe(unfinished);
    const offer = await open(after, { flow: 'home', unfinished }, view, ask);
    expect((await say(after, stored(offer), '1')).screen.text).toBe(
      'Are you sure?\n1. Yes, stop them\n0. Back\n00. Home',
    );
  });

  test('leads home where it was offered by the old version and is taken up in another', async () => {
    const offer = await open(before, { flow: 'home', unfinished: await leftAt('1') }, view, ask);
    const dialogue = createDialogue([homeFlow, { ...newFlow, from: {} }]);
    const turn = await say(dialogue, stored(offer), '1');
    expect(turn.screen.text).toBe(
      'This service has just been updated. Please choose again.\nMenu\n1. Messages',
    );
  });
});

test('where callers go on is a state of the present version, with its context', () => {
  const next = {
    name: 'quiet',
    version: 2,
    machine: newMachine,
    words: { en: newWords, sw: newWords },
  };
  const right = { state: 'wish', context: { reason: '' } } as const;
  const renamed = { state: 'sure', context: { reason: '' } } as const;
  const another = { state: 'wish', context: { sure: true } } as const;
  defineFlow({ ...next, from: { 1: () => right } });
  // @ts-expect-error the state was renamed
  defineFlow({ ...next, from: { 1: () => renamed } });
  // @ts-expect-error the context is another
  defineFlow({ ...next, from: { 1: () => another } });
});

/** What somebody who wants no more messages replies to a screen. */
function wishOf(screen: string): string {
  const line = screen.split('\n').find((one) => /Messages$|Stop them|Yes, stop/.test(one));
  return line?.split('.')[0] ?? 'too many';
}

/*
 * While a new version is being rolled out, each turn of a call may be taken by a process of either.
 * Every way in which ten turns can fall to the two is tried; by then the old one is gone.
 */
describe('a call between an old and a new process', () => {
  const turns = 10;
  const ways = Array.from({ length: 2 ** turns }, (_, way) =>
    Array.from({ length: turns }, (_, turn) => ((way >> turn) & 1 ? after : before)),
  );

  test(`ends as its caller wants, and once, in all ${ways.length} ways`, async () => {
    const lengths = new Set<number>();
    for (const way of ways) {
      let turn = await open(way[0] ?? after, { flow: 'home' }, view, ask);
      const said: string[] = [];
      let stops = 0;
      while (!turn.screen.ended) {
        const reply = wishOf(turn.screen.text);
        said.push(`${turn.screen.text} > ${reply}`);
        expect(said.length, said.join('\n')).toBeLessThan(turns + 5);
        turn = await say(way[said.length] ?? after, stored(turn), reply);
        stops += turn.effects.length;
      }
      expect(turn.screen.text, said.join('\n')).toBe('Stopped.');
      expect(stops, said.join('\n')).toBe(1);
      lengths.add(said.length);
    }
    // Some are led home on the way, more than once.
    expect(Math.min(...lengths)).toBe(3);
    expect(Math.max(...lengths)).toBeGreaterThan(8);
  });
});
