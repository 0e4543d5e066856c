import { assign } from 'xstate';
import { flowMachine } from '../../src/dialogue/machine.js';
import { back, enter, itemsFrom, option, optionsFrom, skip } from '../../src/dialogue/states.js';
import type {
  JudgedAnswer,
  ListedItem,
  Named,
  OpenedProfile,
  SealedChange,
  TextedDetails,
} from '../../src/dialogue/world.js';
import type { Group } from '../../src/profile/detail.js';
import { type DetailName, detailNames, detailsIn } from '../../src/profile/details.js';

export type ProfileContext = {
  memberSince: string;
  /** What is kept, by detail, as screens show it. */
  shown: Readonly<Record<string, string>>;
  group: Group;
  /** The details of the group that is looked at. */
  details: readonly DetailName[];
  /** The detail that is looked at or asked for. */
  detail: DetailName;
  /** Whether one missing detail is asked for after the other, and which are to be left for later. */
  filling: boolean;
  skipped: readonly DetailName[];
  /** The list to choose the answer from, or the part of it that fits what was typed. */
  items: readonly ListedItem[];
  /** Whether the national ID has been given, which a change of a payout detail asks for. */
  identified: boolean;
  /** A value that waits for the ID or for a yes, encrypted, and what screens will show of it. */
  pending:
    | (Keepable & { doubt: Named | null; conflict?: boolean; also?: readonly Keepable[] })
    | null;
  fault: Named | null;
  /** What came of an SMS with details. */
  texted: TextedDetails | null;
};

type Keepable = { readonly change: SealedChange; readonly shown: string };

type Profile = {
  context: ProfileContext;
  notes: 'theRest' | 'saved' | 'savedConflict' | 'complete' | 'notRight' | 'several' | 'wrongId';
  messages: Record<never, never>;
};

const savePending = {
  type: 'saveDetails',
  params: ({ context }: { context: ProfileContext }) => ({
    changes: changesOf(allPending(context)),
  }),
} as const;

/** What came of the other details of an SMS that raises a question. */
const theRest = { type: 'note', params: { says: 'theRest' } } as const;

/** What is kept about the caller: how far it is, what is missing, and a way to fill or change each detail; by SMS also several in one message. */
export const profile = flowMachine<Profile>()({
  id: 'profile',
  context: {
    memberSince: '',
    shown: {},
    group: 'personal',
    details: [],
    detail: 'fullName',
    filling: false,
    skipped: [],
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
        input: ({ event }) => ({ value: textedIn(event) }),
        onDone: [
          { guard: ({ event }) => !event.output.registered, target: 'notRegistered' },
          {
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
          guard: ({ context }) => context.texted?.pending?.locked === true,
          target: 'identity',
          actions: [assign(({ context }) => pendingOf(context)), theRest],
        },
        {
          guard: ({ context }) => context.texted?.pending != null,
          target: 'doubt',
          actions: [assign(({ context }) => pendingOf(context)), theRest],
        },
        { target: 'applied' },
      ],
    },
    applied: { type: 'final' },

    arriving: {
      always: [
        { guard: ({ context }) => missingIn(context).length === 0, target: 'complete' },
        { target: 'overview' },
      ],
    },
    complete: { on: { reply: [option('groups', 'groups'), back('toHome')] } },
    overview: {
      on: {
        reply: [
          {
            ...option('fill', 'advancing'),
            actions: assign({ filling: true, skipped: [], items: [] }),
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
        { guard: ({ context }) => context.detail in context.shown, target: 'detail' },
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
            guard: ({ context, event }) => event.output.locked && !context.identified,
            target: 'identity',
            actions: assign({ items: ({ event }) => event.output.items }),
          },
          { target: 'asking', actions: assign({ items: ({ event }) => event.output.items }) },
        ],
      },
    },
    asking: {
      always: [
        { guard: ({ context }) => context.items.length > 0, target: 'list' },
        { target: 'question' },
      ],
    },
    question: {
      on: { reply: [skip('skipping'), back('returning'), { target: 'judging' }] },
    },
    list: {
      on: {
        reply: [
          skip('skipping'),
          back('returning'),
          { guard: itemsFrom('items'), target: 'judging' },
          { target: 'judging' },
        ],
      },
    },
    judging: {
      invoke: {
        src: 'judgeAnswer',
        input: ({ context, event }) => ({ detail: context.detail, said: saidIn(event) }),
        onDone: [
          {
            guard: ({ event }) => event.output.kind === 'several',
            target: 'list',
            actions: [
              assign({ items: ({ context, event }) => severalIn(event.output) ?? context.items }),
              { type: 'note', params: { says: 'several' } },
            ],
          },
          {
            guard: ({ event }) => event.output.kind === 'bad',
            target: 'asking',
            actions: [
              assign({ fault: ({ event }) => faultIn(event.output) }),
              { type: 'note', params: { says: 'notRight' } },
            ],
          },
          {
            guard: ({ event }) => goodIn(event.output)?.doubt != null,
            target: 'doubt',
            actions: assign({ pending: ({ event }) => goodIn(event.output) }),
          },
          {
            guard: ({ event }) => goodIn(event.output)?.conflict === true,
            target: 'advancing',
            actions: [
              {
                type: 'saveDetails',
                params: ({ event }) => ({ changes: changesIn(event.output) }),
              },
              assign(({ context, event }) => kept(context, goodIn(event.output))),
              { type: 'note', params: { says: 'savedConflict' } },
            ],
          },
          {
            target: 'advancing',
            actions: [
              {
                type: 'saveDetails',
                params: ({ event }) => ({ changes: changesIn(event.output) }),
              },
              assign(({ context, event }) => kept(context, goodIn(event.output))),
              { type: 'note', params: { says: 'saved' } },
            ],
          },
        ],
      },
    },
    doubt: {
      on: {
        reply: [
          option('keep', 'keeping'),
          {
            ...option('again', 'preparing'),
            // What waited with it is right, and is kept.
            actions: [
              {
                type: 'saveDetails',
                params: ({ context }) => ({ changes: changesOf(context.pending?.also ?? []) }),
              },
              assign(({ context }) => keptAll(context, context.pending?.also ?? [])),
            ],
          },
          back('returning'),
        ],
      },
    },
    keeping: {
      always: [
        {
          guard: ({ context }) => context.pending?.conflict === true,
          target: 'advancing',
          actions: [
            savePending,
            assign(({ context }) => keptAll(context, allPending(context))),
            { type: 'note', params: { says: 'savedConflict' } },
          ],
        },
        {
          target: 'advancing',
          actions: [
            savePending,
            assign(({ context }) => keptAll(context, allPending(context))),
            { type: 'note', params: { says: 'saved' } },
          ],
        },
      ],
    },

    identity: { on: { reply: [back('returning'), { target: 'identifying' }] } },
    identifying: {
      invoke: {
        src: 'checkIdentity',
        input: ({ event }) => ({ said: saidIn(event) }),
        onDone: [
          { guard: ({ event }) => event.output === 'stopped', target: 'notToday' },
          {
            guard: ({ event }) => event.output === 'wrong',
            target: 'identity',
            actions: { type: 'note', params: { says: 'wrongId' } },
          },
          {
            guard: ({ context }) => context.pending?.doubt != null,
            target: 'doubt',
            actions: assign({ identified: true }),
          },
          {
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
          guard: ({ context }) => context.filling && nextMissing(context) !== null,
          target: 'preparing',
          actions: assign(({ context }) => ({
            detail: nextMissing(context) ?? context.detail,
            pending: null,
            fault: null,
          })),
        },
        {
          guard: ({ context }) => context.filling && missingIn(context).length === 0,
          target: 'complete',
          actions: { type: 'note', params: { says: 'complete' } },
        },
        { target: 'returning' },
      ],
    },
    returning: {
      always: [
        {
          guard: ({ context }) => context.filling || context.details.length === 0,
          target: 'arriving',
          actions: assign({ pending: null, fault: null }),
        },
        { target: 'group', actions: assign({ pending: null, fault: null }) },
      ],
    },

    toRegistration: enter('registration'),
    toHome: enter('home'),
  },
});

/** The details that have no value yet, in the order of asking. */
export function missingIn({ shown }: Pick<ProfileContext, 'shown'>): readonly DetailName[] {
  return detailNames.filter((name) => !(name in shown));
}

function nextMissing(context: ProfileContext): DetailName | null {
  return missingIn(context).find((name) => !context.skipped.includes(name)) ?? null;
}

function look(group: Group): Pick<ProfileContext, 'group' | 'details'> {
  return { group, details: detailsIn(group) };
}

function opened(output: OpenedProfile): Partial<ProfileContext> {
  if (!output.registered) return {};
  const { memberSince, shown, texted } = output;
  return { memberSince, shown, texted };
}

function textedOf(output: OpenedProfile): TextedDetails | null {
  return output.registered ? output.texted : null;
}

function pendingOf({ texted }: ProfileContext): Partial<ProfileContext> {
  const pending = texted?.pending ?? null;
  return pending ? { pending, detail: pending.change.detail as DetailName } : {};
}

type Good = Extract<JudgedAnswer, { kind: 'good' }>;

function goodIn(output: JudgedAnswer): Good | null {
  return output.kind === 'good' ? output : null;
}

function changesIn(output: JudgedAnswer): readonly SealedChange[] {
  return output.kind === 'good' ? [output.change] : [];
}

function severalIn(output: JudgedAnswer): readonly ListedItem[] | null {
  return output.kind === 'several' ? output.items : null;
}

function faultIn(output: JudgedAnswer): Named | null {
  return output.kind === 'bad' ? output.fault : null;
}

/** Everything that waits for the ID, or for a yes. */
function allPending({ pending }: ProfileContext): readonly Keepable[] {
  return pending ? [pending, ...(pending.also ?? [])] : [];
}

function changesOf(keepable: readonly Keepable[]): readonly SealedChange[] {
  return keepable.map(({ change }) => change);
}

/** The context after several values were kept, a bank before its branch. */
function keptAll(context: ProfileContext, keepable: readonly Keepable[]): Partial<ProfileContext> {
  let after: Partial<ProfileContext> = {};
  for (const one of keepable) after = { ...after, ...kept({ ...context, ...after }, one) };
  return after;
}

/** The context after a value was kept. What hangs on it, such as a branch on its bank, is missing again. */
function kept(context: ProfileContext, good: Keepable | null): Partial<ProfileContext> {
  if (!good) return {};
  const { detail } = good.change;
  const shown = { ...context.shown, [detail]: good.shown };
  const same = context.shown[detail] === good.shown;
  if (detail === 'bank' && !same) delete shown['branch'];
  if (detail === 'county' && !same) delete shown['subCounty'];
  return { shown, pending: null, fault: null, items: [] };
}

/** XState's event at the start of a machine carries its input, which its type does not say. */
function textedIn(event: unknown): string {
  return (event as { input?: { value?: string } }).input?.value ?? '';
}

function saidIn(event: unknown): string {
  return (event as { said?: string }).said ?? '';
}
