import { describe, expect, test } from 'vitest';
import { assign } from 'xstate';
import type { Flow } from '../../src/dialogue/flow.js';
import { back, enter, option } from '../../src/dialogue/states.js';
import { faultsOf, inShort, states } from './small-flow.js';

/* The checker itself: a small flow is broken on purpose, and it has to say where. */

type Broken = readonly [
  name: string,
  change: Parameters<typeof inShort>[0],
  says: readonly string[],
];

/** Keeps part of a new password in the context. */
const keeping = (what: (made: { password: string; passwordHash: string }) => string) => ({
  invoke: {
    src: 'makePassword',
    onDone: {
      target: 'county',
      actions: assign({
        word: ({ event }: { event: { output: { password: string; passwordHash: string } } }) =>
          what(event.output),
      }),
    },
  },
});

const broken: readonly Broken[] = [
  ['nothing', {}, []],
  [
    'a state that no branch leads to',
    { states: { lost: { on: { reply: [back('county')] } } }, screens: { lost: 'Lost' } },
    ['post > lost: no branch leads to this state'],
  ],
  [
    'a state that a guard shuts off',
    {
      states: {
        deciding: {
          always: [
            { description: 'on Sundays', guard: () => false, target: 'closed' },
            { target: 'county' },
          ],
        },
        closed: { type: 'final' },
      },
      initial: 'deciding',
      screens: { closed: 'Closed' },
    },
    [
      'post > closed: nobody comes to this state; what would lead to it: deciding by always 1 to closed (on Sundays)',
      'post > deciding: no answer takes the branch always 1 to closed (on Sundays)',
    ],
  ],
  [
    'a state without exit',
    { states: { posted: {} } },
    [
      'post > posted: nobody gets out of here but by 00',
      'post > posted: there is no way back: it needs `back(…)`',
    ],
  ],
  [
    'a flow without an end',
    {
      states: {
        county: { on: { reply: [back('confirmation'), { target: 'judging' }] } },
        confirmation: { on: { reply: [option('yes', 'county'), back('county')] } },
        posted: null,
        toHome: null,
      },
    },
    [
      'post > county: nobody gets out of here but by 00',
      'post > county: 0 leads round for ever: county > confirmation > county',
      'post > county: 0 leads to confirmation, which was not on the way here',
      'post > confirmation: nobody gets out of here but by 00',
      'post > confirmation: 0 leads round for ever: confirmation > county > confirmation',
      'post: no call comes to an end here, or out of the flow',
    ],
  ],
  [
    'a screen that is too long in one language, with a long county',
    {
      sw: {
        confirmation: {
          says: `${'Ufanye kazi '.repeat(6)}daima kwa {county}?`,
          options: { yes: 'Ndiyo' },
        },
      },
    },
    [
      "post > confirmation (sw): it takes 161 septets of 160: shorten it, or let the flow's `pages` name it",
      "post > confirmation (sw): as an SMS it takes 167 septets of 160: shorten it, or let the flow's `pages` name it",
    ],
  ],
  [
    'the same, where it is declared',
    {
      sw: { county: 'Kaunti gani? '.repeat(13) },
      flow: { pages: ['county'] },
    },
    [],
  ],
  [
    'a missing translation',
    { sw: { confirmation: undefined } },
    ['post > county (sw): no words for the state confirmation'],
  ],
  [
    'an option without label',
    { en: { confirmation: { says: 'Sure?', options: {} } } },
    ['post > county (en): no words for yes of the state confirmation'],
  ],
  [
    'an option with an empty label',
    { en: { confirmation: { says: 'Sure?', options: { yes: '' } } } },
    ['post > confirmation (en): screens.confirmation.options.yes is empty'],
  ],
  [
    'a text about what is not there',
    {
      en: { posted: 'To {town}.' },
      quotes: { town: ({ town }: { town?: string }) => town },
    },
    ['post > posted (en): the screen is made from something that is not there: "To undefined."'],
  ],
  [
    'a character that phones do not have',
    { sw: { county: 'Murang\u2019a?' } },
    ['post > county (sw): screens.county has what GSM 03.38 has not: \u2019'],
  ],
  [
    'two options with one number',
    {
      states: {
        confirmation: {
          on: {
            reply: [option('yes', 'posted', '98'), option('no', 'county', '98'), back('county')],
          },
        },
      },
      screens: { confirmation: { says: 'Sure?', options: { yes: 'Yes', no: 'No' } } },
    },
    [
      'post > confirmation: no answer takes the branch reply 2 to county (no)',
      'post > confirmation (en): 98 stands for 3 things',
      'post > confirmation (sw): 98 stands for 3 things',
    ],
  ],
  [
    'a screen without its line for Back',
    { states: { confirmation: { on: { reply: [option('yes', 'posted')] } } } },
    ['post > confirmation: there is no way back: it needs `back(…)`'],
  ],
  [
    'a Back that loops',
    {
      states: {
        confirmation: { on: { reply: [option('yes', 'posted'), back('second')] } },
        second: { on: { reply: [back('third')] } },
        third: { on: { reply: [back('second')] } },
      },
      screens: { second: 'Second', third: 'Third' },
    },
    [
      'post > confirmation: 0 leads to second, which was not on the way here',
      'post > second: nobody gets out of here but by 00',
      'post > second: 0 leads round for ever: second > third > second',
      'post > second: 0 leads to third, which was not on the way here',
      'post > third: nobody gets out of here but by 00',
    ],
  ],
  [
    'a Back that leads into another flow',
    {
      states: {
        confirmation: { on: { reply: [option('yes', 'posted'), back('toOther')] } },
        toOther: enter('other'),
      },
    },
    ['post > confirmation: 0 leads into the flow other, which is not the way back'],
  ],
  [
    'a slip that is taken for an answer',
    {
      states: {
        confirmation: {
          on: { reply: [back('county'), { guard: () => true, target: 'posted' }] },
        },
      },
      screens: { confirmation: 'Sure?' },
    },
    ['post > confirmation: an answer that is no option does not show the same question again'],
  ],
  [
    'a password kept in the context',
    { states: { making: keeping(({ password }) => password) }, initial: 'making' },
    ['post > county: the password of makePassword is a secret, and is kept in context.word'],
  ],
  [
    'a password kept in disguise',
    { states: { making: keeping(({ password }) => btoa(password)) }, initial: 'making' },
    ['post > county: the password of makePassword is a secret, and is kept in context.word'],
  ],
  [
    'a hash kept in the context',
    { states: { making: keeping(() => '$2b$10$abcdefghijklmnopqrstuv') }, initial: 'making' },
    ['post > county: what looks like a hash is kept in context.word'],
  ],
  [
    'what was typed for a task that keeps it secret',
    {
      states: {
        county: {
          on: {
            reply: [
              back('toHome'),
              {
                target: 'judging',
                actions: assign({ typed: ({ event }: { event: { said: string } }) => event.said }),
              },
            ],
          },
        },
      },
    },
    [
      'post > confirmation: what was typed for judgeAnswer is a secret, and is kept in context.typed',
    ],
  ],
  [
    'something that storage changes',
    {
      states: {
        making: { always: { target: 'county', actions: assign({ at: () => new Date(0) }) } },
      },
      initial: 'making',
    },
    ['post > county: what it keeps is not the same after it was stored: only plain JSON is'],
  ],
  [
    'states that decide in a circle',
    { states: { going: { always: 'coming' }, coming: { always: 'going' } }, initial: 'going' },
    ['post: Infinite loop detected: states decide in a circle'],
  ],
  [
    'a flow that hands over to itself',
    { states: { toPost: enter('post') }, initial: 'toPost' },
    ['post: the flow post does not come to rest at toPost'],
  ],
  [
    'an SMS that is too long',
    { messages: { posted: 'x'.repeat(151) } },
    [
      'post > posted (en): the SMS takes 161 septets of 160',
      'post > posted (sw): the SMS takes 161 septets of 160',
    ],
  ],
  [
    'a name that does not say what its state does',
    {
      states: {
        posting: { type: 'final' },
        confirmation: { on: { reply: [option('yes', 'posting'), back('county')] } },
        posted: null,
      },
      screens: { posting: 'Thank you.' },
    },
    ['post > posting: is named as if it did not: it shows a screen'],
  ],
];

describe('a flow is broken on purpose:', () => {
  test.each(broken)('%s', async (_name, change, says) => {
    expect(await inShort(change)).toEqual(says);
  });
});

/** The same flow with its first state called otherwise. */
const renamed = {
  states: {
    county: null,
    region: states.county,
    judging: {
      invoke: {
        ...states.judging.invoke,
        onDone: [states.judging.invoke.onDone[0], { target: 'region' }],
      },
    },
    confirmation: { on: { reply: [option('yes', 'posted'), back('region')] } },
  },
  initial: 'region',
  screens: { region: 'Which county?' },
} as const;

describe('positions that are kept of a version', () => {
  const county = { state: 'county', context: { county: '' } };
  const region = { state: 'region', context: { county: '' } };
  const confirmation = { state: 'confirmation', context: { county: 'Busia' } };
  const cure =
    'raise `version` in flows/post/flow.ts and say in `from` where they go on (or delete version 1 from flows/post/positions.json, if it was never deployed)';
  const raised = (from: Flow['from']) => ({
    ...renamed,
    flow: { version: 2, from },
    positions: { 1: [county, confirmation], 2: [region, confirmation] },
  });

  test.each<Broken>([
    ['go on as they are', { positions: { 1: [county, confirmation] } }, []],
    [
      'are of every state',
      { positions: { 1: [county] } },
      [
        'post > confirmation: no position of version 1 is kept for the next version: npm run positions',
      ],
    ],
    [
      'may be at a state that was renamed',
      { ...renamed, positions: { 1: [county, confirmation] } },
      [`post > county: callers of version 1 may be at this state, which is gone: ${cure}`],
    ],
    [
      'have other things kept by now',
      { positions: { 1: [county, { state: 'confirmation', context: { place: 'Busia' } }] } },
      [`post > confirmation: callers of version 1 have other things kept here, place: ${cure}`],
    ],
    [
      'are carried over',
      raised({
        1: ({ state, context }) => ({ state: state === 'county' ? 'region' : state, context }),
      }),
      [],
    ],
    ['are led home', raised({ 1: () => null }), []],
    ['are of a version that is no longer gone on from', raised({}), []],
    [
      'make what carries them over throw',
      raised({
        1: ({ context }) => ({ state: 'region', context: { a: (context['b'] as Flow).name } }),
      }),
      [
        "post > county: carrying it over from version 1 throws: Cannot read properties of undefined (reading 'name')",
        "post > confirmation: carrying it over from version 1 throws: Cannot read properties of undefined (reading 'name')",
      ],
    ],
    [
      'are carried over to where nothing is shown',
      raised({ 1: ({ context }) => ({ state: 'judging', context }) }),
      [
        'post > county: from version 1 it is carried over to judging, which shows no screen',
        'post > confirmation: from version 1 it is carried over to judging, which shows no screen',
      ],
    ],
    [
      'are carried over without what the screen needs',
      raised({ 1: () => ({ state: 'confirmation', context: {} }) }),
      [
        'post > county: a caller of version 1 who replies no such thing 7: is shown "This service has just been updated. Please choose again.\\nWork in undefined?\\n1. Yes\\n0. Back\\n00. Home"',
        'post > confirmation: a caller of version 1 who replies no such thing 7: is shown "This service has just been updated. Please choose again.\\nWork in undefined?\\n1. Yes\\n0. Back\\n00. Home"',
      ],
    ],
    [
      'are of a version that does not exist yet',
      { positions: { 1: [county, confirmation], 2: [county] } },
      ['post > county: a position of version 2 is kept, and the flow is of version 1'],
    ],
  ])('%s', async (_name, change, says) => {
    expect(await inShort(change)).toEqual(says);
  });
});

test('a fault comes with the answers that lead there, as a call', async () => {
  const [fault] = await faultsOf({ sw: { confirmation: { says: 'Sawa', options: { yes: '' } } } });
  expect(fault).toBe(
    [
      'post > confirmation (sw): screens.confirmation.options.yes is empty',
      '  > comes to post',
      '      | Kaunti gani?',
      '      | 0. Rudi',
      '  > 98',
      '      (judgeAnswer: {"kind":"good","change":{"detail":"county","sealed":"c2VhbGVk"},"shown":"Elgeyo-Marakwet",...)',
      '      | Sawa',
      '      | 1. ',
      '      | 0. Rudi',
      '      | 00. Mwanzo',
    ].join('\n'),
  );
});
