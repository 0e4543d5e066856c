import { assign } from 'xstate';
import { checkFlow } from '../../proof/check-flow.js';
import { describeFault } from '../../proof/faults/fault.js';
import { type Positions, positionFaults } from '../../proof/positions.js';
import { samples } from '../../proof/samples.js';
import { createDialogue, type Dialogue } from '../../src/dialogue/dialogue.js';
import { defineFlow, type Flow } from '../../src/dialogue/flow.js';
import { flowMachine } from '../../src/dialogue/machine.js';
import { back, enter, option } from '../../src/dialogue/states.js';
import type { AnyWords, Words } from '../../src/dialogue/words.js';
import type { JudgedAnswer } from '../../src/dialogue/world.js';

/* A flow in which all is well, for tests that break it: where does somebody want to work? */

type Home = { context: Record<never, never>; notes: never; messages: Record<never, never> };
type Post = {
  context: { county: string };
  notes: 'notRight';
  messages: { posted: { county: string } };
};

const home = flowMachine<Home>()({
  id: 'home',
  context: {},
  initial: 'menu',
  states: {
    menu: { on: { reply: [option('post', 'toPost')] } },
    toPost: enter('post'),
  },
});
const homeWords: Words<typeof home> = {
  title: 'Home',
  keywords: [],
  screens: { menu: { says: 'Menu', options: { post: 'Where to work' } } },
  notes: {},
  messages: {},
};
const homeFlow = defineFlow({
  name: 'home',
  version: 1,
  machine: home,
  words: { en: homeWords, sw: homeWords },
});

const shownIn = (output: JudgedAnswer) => (output.kind === 'good' ? output.shown : '');

const other = flowMachine<Home>()({
  id: 'other',
  context: {},
  initial: 'news',
  states: { news: { on: { reply: [back('toHome')] } }, toHome: enter('home') },
});
const otherWords: Words<typeof other> = {
  title: 'News',
  keywords: [],
  screens: { news: 'News' },
  notes: {},
  messages: {},
};
const otherFlow = defineFlow({
  name: 'other',
  version: 1,
  machine: other,
  words: { en: otherWords, sw: otherWords },
});

export const states = {
  county: { on: { reply: [back('toHome'), { target: 'judging' }] } },
  judging: {
    invoke: {
      src: 'judgeAnswer',
      input: ({ event }: { event: { said: string } }) => ({ detail: 'county', said: event.said }),
      onDone: [
        {
          guard: ({ event }: { event: { output: JudgedAnswer } }) => event.output.kind === 'good',
          target: 'confirmation',
          actions: assign({
            county: ({ event }: { event: { output: JudgedAnswer } }) => shownIn(event.output),
          }),
        },
        { target: 'county', actions: { type: 'note', params: { says: 'notRight' } } },
      ],
    },
  },
  confirmation: {
    on: {
      reply: [
        {
          ...option('yes', 'posted'),
          actions: {
            type: 'sendSms',
            params: ({ context }: { context: Post['context'] }) => ({
              ...{ message: 'posted', carries: 'reply', with: { county: context.county } },
            }),
          },
        },
        back('county'),
      ],
    },
  },
  posted: { type: 'final' },
  toHome: enter('home'),
} as const;

type States = Readonly<Record<string, object>>;

/** Its machine, with some states added or in place of its own; null takes one out. */
function machineWith(more: Readonly<Record<string, object | null>>, initial: string) {
  const kept = Object.entries({ ...(states as States), ...more }).filter(([, state]) => state);
  const config = {
    ...{ id: 'post', context: { county: '' }, initial },
    states: Object.fromEntries(kept),
  };
  return flowMachine<Post>()(config as never).machine;
}

const en = {
  title: 'Where to work',
  keywords: [],
  screens: {
    county: 'Which county?',
    confirmation: {
      says: 'Work in {county}?',
      options: { yes: 'Yes' },
    },
    posted: 'Thank you.',
  },
  notes: { notRight: 'Not a county.' },
  messages: { posted: 'You will work in {county}.' },
};
const sw: typeof en = {
  title: 'Pa kazi',
  keywords: [],
  screens: {
    county: 'Kaunti gani?',
    confirmation: {
      says: 'Ufanye kazi {county}?',
      options: { yes: 'Ndiyo' },
    },
    posted: 'Asante.',
  },
  notes: { notRight: 'Si kaunti.' },
  messages: { posted: 'Utafanya kazi {county}.' },
};

type Screens = Readonly<Record<string, unknown>>;
type Change = {
  readonly states?: Readonly<Record<string, object | null>>;
  readonly initial?: string;
  /** Screens in both languages, and in one. */
  readonly screens?: Screens;
  readonly en?: Screens;
  readonly sw?: Screens;
  readonly messages?: AnyWords['messages'];
  /** What the words quote, besides the county. */
  readonly quotes?: Readonly<Record<string, (context: never) => unknown>>;
  readonly flow?: Partial<Flow>;
  /** Positions that are kept of it. */
  readonly positions?: Positions;
};

/** The small flow with something changed about it. */
export function smallFlow(change: Change = {}): Flow {
  const words = (own: typeof en, screens: Screens = {}) => ({
    ...own,
    screens: { ...own.screens, ...change.screens, ...screens },
    messages: { ...own.messages, ...change.messages },
  });
  return {
    ...defineFlow({
      name: 'post',
      version: 1,
      machine: home,
      words: { en: homeWords, sw: homeWords },
    }),
    machine: machineWith(change.states ?? {}, change.initial ?? 'county'),
    words: { en: words(en, change.en), sw: words(sw, change.sw) } as unknown as Flow['words'],
    quotes: { county: ({ county }: Post['context']) => county, ...change.quotes } as Flow['quotes'],
    ...change.flow,
  };
}

/** The small flow among others. */
export function dialogueWith(flow: Flow): Dialogue {
  return createDialogue([homeFlow, otherFlow, flow]);
}

/** All that the checker has to say about it, each fault with its transcript. */
export async function faultsOf(change: Change): Promise<readonly string[]> {
  const flow = smallFlow(change);
  const dialogue = dialogueWith(flow);
  const { faults, walk } = await checkFlow(dialogue, flow, samples);
  const kept = change.positions ?? null;
  const stale = kept ? await positionFaults(dialogue, walk, kept, samples) : [];
  return [...faults, ...stale].map(describeFault);
}

/** The same in one line each: where, and what. */
export async function inShort(change: Change): Promise<readonly string[]> {
  return (await faultsOf(change)).map((fault) => fault.split('\n')[0] ?? '');
}
