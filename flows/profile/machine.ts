import { assign } from 'xstate';
import { heldIn, saidIn, textedIn } from '../../src/dialogue/events.js';
import { flowMachine } from '../../src/dialogue/machine.js';
import {
  back,
  enter,
  itemsFrom,
  no,
  option,
  optionsFrom,
  skip,
  yes,
} from '../../src/dialogue/states.js';
import { type DetailName, looksLikeNationalId, narrowedBy } from '../../src/profile/details.js';
import {
  allPending,
  before,
  canBeAsked,
  changesIn,
  changesOf,
  faultIn,
  goodIn,
  heldOf,
  isLooking,
  kept,
  keptAll,
  look,
  looksLikeNumber,
  missingIn,
  next,
  nextMissing,
  opened,
  type ProfileContext,
  pendingOf,
  prepared,
  severalIn,
  textedOf,
} from './context.js';

type Profile = {
  context: ProfileContext;
  notes:
    | 'comesFirst'
    | 'oneOf'
    | 'theRest'
    | 'saved'
    | 'savedConflict'
    | 'complete'
    | 'overtaken'
    | 'notRight'
    | 'several'
    | 'wrongId';
  messages: Record<never, never>;
  phrases:
    | 'howFar'
    | 'missing'
    | 'saved'
    | 'again'
    | 'savedOne'
    | 'notSaved'
    | 'alsoNotSaved'
    | 'or'
    | 'notUnderstood'
    | 'commas'
    | 'conflict'
    | 'next'
    | 'restSaved'
    | 'partWrong'
    | 'notAccepted';
};

const savePending = {
  type: 'saveDetails',
  params: ({ context }: { context: ProfileContext }) => ({
    changes: changesOf(allPending(context)),
  }),
} as const;

/** What waited with a value that was doubted is right, and is kept whatever becomes of that one. */
const saveAlso = {
  type: 'saveDetails',
  params: ({ context }: { context: ProfileContext }) => ({
    changes: changesOf(context.pending?.also ?? []),
  }),
} as const;

/** What is said of a value that was saved. */
const savedNote = (value: { readonly conflict?: boolean } | null) =>
  value?.conflict ? ('savedConflict' as const) : ('saved' as const);

/** What came of the other details of an SMS that raises a question. */
const theRest = { type: 'note', params: { says: 'theRest' } } as const;

/** What is kept about the caller: how far it is, what is missing, and a way to fill or change each detail; by SMS also several in one message. */
export const profile = flowMachine<Profile>()({
  id: 'profile',
  context: {
    memberSince: '',
    held: '',
    shown: {},
    group: 'personal',
    details: [],
    detail: 'fullName',
    filling: false,
    skipped: [],
    trail: [],
    items: [],
    identified: false,
    pending: null,
    fault: null,
    texted: null,
  },
  initial: 'opening',
  states: {
    opening: {
      invoke: {
        src: 'openProfile',
        // What was texted goes from the entry to the task and is nowhere kept.
        input: ({ event }) => ({ value: textedIn(event), held: heldIn(event) }),
        onDone: [
          {
            description: 'not registered',
            guard: ({ event }) => !event.output.registered,
            target: 'notRegistered',
          },
          {
            description: 'the number was silent',
            guard: ({ event }) => heldOf(event.output) !== null,
            target: 'toProof',
            actions: assign({ held: ({ event }) => heldOf(event.output) ?? '' }),
          },
          {
            description: 'details were texted',
            guard: ({ event }) => textedOf(event.output) !== null,
            target: 'applying',
            actions: [
              {
                type: 'saveDetails',
                params: ({ event }) => ({ changes: textedOf(event.output)?.changes ?? [] }),
              },
              assign(({ event }) => opened(event.output)),
            ],
          },
          { target: 'arriving', actions: assign(({ event }) => opened(event.output)) },
        ],
      },
    },
    notRegistered: { on: { reply: [option('register', 'toRegistration'), back('toHome')] } },

    applying: {
      always: [
        {
          description: 'the ID comes first',
          guard: ({ context }) => context.texted?.pending?.locked === true,
          target: 'identity',
          actions: [assign(({ context }) => pendingOf(context)), theRest],
        },
        {
          description: 'something is unusual',
          guard: ({ context }) => context.texted?.pending != null,
          target: 'doubt',
          actions: [assign(({ context }) => pendingOf(context)), theRest],
        },
        {
          description: 'several fit',
          guard: ({ context }) => context.texted?.asks != null,
          target: 'preparing',
          actions: [
            assign({ detail: ({ context }) => context.texted?.asks?.detail as DetailName }),
            theRest,
          ],
        },
        { target: 'applied' },
      ],
    },
    applied: { type: 'final' },

    arriving: {
      always: [
        {
          description: 'nothing is missing',
          guard: ({ context }) => missingIn(context).length === 0,
          target: 'complete',
        },
        { target: 'overview' },
      ],
    },
    complete: {
      on: {
        reply: [
          { ...option('groups', 'groups'), actions: assign({ filling: false }) },
          back('toHome'),
        ],
      },
    },
    overview: {
      on: {
        reply: [
          {
            ...option('fill', 'preparing'),
            actions: [
              assign({ filling: true, skipped: [], trail: [] }),
              assign(({ context }) => next(context)),
            ],
          },
          { ...option('groups', 'groups'), actions: assign({ filling: false }) },
          back('toHome'),
        ],
      },
    },
    groups: {
      on: {
        reply: [
          { ...option('personal', 'group'), actions: assign(look('personal')) },
          { ...option('bank', 'group'), actions: assign(look('bank')) },
          { ...option('qualification', 'group'), actions: assign(look('qualification')) },
          { ...option('work', 'group'), actions: assign(look('work')) },
          { ...option('kin', 'group'), actions: assign(look('kin')) },
          back('arriving'),
        ],
      },
    },
    group: {
      on: {
        reply: [
          {
            guard: optionsFrom('details'),
            target: 'looking',
            actions: assign({ detail: ({ event }) => event.picked as DetailName }),
          },
          back('groups'),
        ],
      },
    },
    looking: {
      always: [
        {
          description: 'has a value',
          guard: ({ context }) => context.detail in context.shown,
          target: 'detail',
        },
        {
          description: 'its list hangs on what is missing',
          guard: ({ context }) => !canBeAsked(context.detail, context.shown),
          target: 'preparing',
          actions: [
            assign({ detail: ({ context }) => narrowedBy(context.detail) ?? context.detail }),
            { type: 'note', params: { says: 'comesFirst' } },
          ],
        },
        { target: 'preparing' },
      ],
    },
    detail: { on: { reply: [option('change', 'preparing'), back('group')] } },

    preparing: {
      invoke: {
        src: 'prepareQuestion',
        input: ({ context }) => ({ detail: context.detail }),
        onDone: [
          {
            description: 'the ID comes first',
            guard: ({ context, event }) => event.output.locked && !context.identified,
            target: 'identity',
            actions: assign(({ context, event }) => prepared(context, event.output)),
          },
          {
            description: 'several fit what was texted',
            guard: ({ context }) => context.texted?.asks != null,
            target: 'asking',
            actions: [
              { type: 'note', params: { says: 'oneOf' } },
              assign(({ context, event }) => prepared(context, event.output)),
            ],
          },
          {
            target: 'asking',
            actions: assign(({ context, event }) => prepared(context, event.output)),
          },
        ],
      },
    },
    asking: {
      always: [
        {
          description: 'has a list',
          guard: ({ context }) => context.items.length > 0,
          target: 'list',
        },
        { target: 'question' },
      ],
    },
    question: {
      on: { reply: [skip('skipping'), back('leaving'), { target: 'judging' }] },
    },
    list: {
      on: {
        reply: [
          skip('skipping'),
          back('leaving'),
          { guard: itemsFrom('items'), target: 'judging' },
          { target: 'judging' },
        ],
      },
    },
    judging: {
      invoke: {
        src: 'judgeAnswer',
        input: ({ context, event }) => ({
          detail: context.detail,
          said: saidIn(event),
          shown: context.items.map(({ number }) => number),
        }),
        onDone: [
          {
            description: 'several fit',
            guard: ({ event }) => event.output.kind === 'several',
            target: 'list',
            actions: [
              assign({ items: ({ context, event }) => severalIn(event.output) ?? context.items }),
              { type: 'note', params: { says: 'several' } },
            ],
          },
          {
            description: 'not right',
            guard: ({ event }) => event.output.kind === 'bad',
            target: 'asking',
            actions: [
              assign({ fault: ({ event }) => faultIn(event.output) }),
              { type: 'note', params: { says: 'notRight' } },
            ],
          },
          {
            description: 'the ID comes first',
            guard: ({ context, event }) =>
              goodIn(event.output)?.locked === true && !context.identified,
            target: 'identity',
            actions: assign({ pending: ({ event }) => goodIn(event.output) }),
          },
          {
            description: 'unusual',
            guard: ({ event }) => goodIn(event.output)?.doubt != null,
            target: 'doubt',
            actions: assign({ pending: ({ event }) => goodIn(event.output) }),
          },
          {
            description: 'right',
            target: 'advancing',
            actions: [
              {
                type: 'saveDetails',
                params: ({ event }) => ({ changes: changesIn(event.output) }),
              },
              assign(({ context, event }) => kept(context, goodIn(event.output))),
              {
                type: 'note',
                params: ({ event }) => ({ says: savedNote(goodIn(event.output)) }),
              },
            ],
          },
        ],
      },
    },
    doubt: {
      on: {
        reply: [
          yes('keep', 'keeping'),
          {
            ...no('again', 'preparing'),
            actions: [
              saveAlso,
              assign(({ context }) => keptAll(context, context.pending?.also ?? [])),
            ],
          },
          back('retyping'),
          {
            description: 'a number in place of the doubted one',
            guard: ({ event }) => looksLikeNumber(event.said),
            target: 'judging',
            actions: [
              saveAlso,
              assign(({ context }) => ({
                ...keptAll(context, context.pending?.also ?? []),
                pending: null,
              })),
            ],
          },
        ],
      },
    },
    // What waited may have waited long: the detail may have another value by now.
    keeping: {
      invoke: {
        src: 'checkWaiting',
        input: ({ context }) => ({
          changes: changesOf(allPending(context)),
          shown: context.shown,
        }),
        onDone: [
          {
            description: 'changed meanwhile',
            guard: ({ event }) => event.output === 'overtaken',
            target: 'preparing',
            actions: [assign({ pending: null }), { type: 'note', params: { says: 'overtaken' } }],
          },
          {
            description: 'the ID comes first',
            guard: ({ context, event }) => event.output === 'locked' && !context.identified,
            target: 'identity',
          },
          {
            description: 'right',
            target: 'advancing',
            actions: [
              savePending,
              { type: 'note', params: ({ context }) => ({ says: savedNote(context.pending) }) },
              assign(({ context }) => keptAll(context, allPending(context))),
            ],
          },
        ],
      },
    },

    identity: {
      on: {
        reply: [
          back('leaving'),
          { guard: ({ event }) => looksLikeNationalId(event.said), target: 'identifying' },
          { actions: { type: 'note', params: { says: 'notRight' } } },
        ],
      },
    },
    identifying: {
      invoke: {
        src: 'checkIdentity',
        input: ({ event }) => ({ said: saidIn(event) }),
        onDone: [
          {
            description: 'three wrong ones today',
            guard: ({ event }) => event.output === 'stopped',
            target: 'notToday',
          },
          {
            description: 'wrong',
            guard: ({ event }) => event.output === 'wrong',
            target: 'identity',
            actions: { type: 'note', params: { says: 'wrongId' } },
          },
          {
            description: 'right, the value is unusual',
            guard: ({ context }) => context.pending?.doubt != null,
            target: 'doubt',
            actions: assign({ identified: true }),
          },
          {
            description: 'right, a value waits',
            guard: ({ context }) => context.pending !== null,
            target: 'keeping',
            actions: assign({ identified: true }),
          },
          { target: 'asking', actions: assign({ identified: true }) },
        ],
      },
    },
    notToday: { on: { reply: [back('returning')] } },

    skipping: {
      always: {
        target: 'advancing',
        actions: assign({ skipped: ({ context }) => [...context.skipped, context.detail] }),
      },
    },
    advancing: {
      always: [
        {
          description: 'filling, more is missing',
          guard: ({ context }) => context.filling && nextMissing(context) !== null,
          target: 'preparing',
          actions: [
            assign({ trail: ({ context }) => [...context.trail, context.detail] }),
            assign(({ context }) => next(context)),
          ],
        },
        {
          description: 'filling, all is there',
          guard: ({ context }) => context.filling && missingIn(context).length === 0,
          target: 'complete',
          actions: { type: 'note', params: { says: 'complete' } },
        },
        { target: 'returning' },
      ],
    },
    // The way back from a question: to the one before it, or to the value that was to be changed.
    leaving: {
      always: [
        {
          description: 'filling, one was asked before',
          guard: ({ context }) => context.filling && context.trail.length > 0,
          target: 'preparing',
          actions: assign(({ context }) => before(context)),
        },
        {
          description: 'has a value',
          guard: ({ context }) => isLooking(context) && context.detail in context.shown,
          target: 'detail',
          actions: assign({ pending: null, fault: null }),
        },
        { target: 'returning' },
      ],
    },
    retyping: {
      always: [
        {
          description: 'was typed at its question',
          guard: ({ context }) => context.filling || isLooking(context),
          target: 'preparing',
          actions: assign({ pending: null, fault: null }),
        },
        { target: 'returning' },
      ],
    },
    returning: {
      always: [
        {
          description: 'filling, or texted',
          guard: ({ context }) => !isLooking(context),
          target: 'arriving',
          actions: assign({ pending: null, fault: null }),
        },
        { target: 'group', actions: assign({ pending: null, fault: null }) },
      ],
    },

    toProof: enter('home', { next: 'profile', holding: 'held' }),
    toRegistration: enter('registration'),
    toHome: enter('home'),
  },
});
