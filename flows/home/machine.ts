import { assign } from 'xstate';
import { saidIn } from '../../src/dialogue/events.js';
import { flowMachine } from '../../src/dialogue/machine.js';
import { enter, enterFrom, option, optionsFrom, resumeFrom } from '../../src/dialogue/states.js';
import type { Undelivered } from '../../src/dialogue/world.js';
import { looksLikeNationalId } from '../../src/profile/details.js';

type Home = {
  context: {
    visitor: readonly string[];
    member: readonly string[];
    undelivered: Undelivered | null;
    /** Where an earlier call was left: a position, of which home knows the flow only. */
    unfinished: { readonly flow: string } | null;
    chosen: string;
    /** The flow that has found the number silent, and what it was told: it goes on once the holder is known. */
    next: string;
    held: string;
  };
  notes: 'wrongId';
  messages: Record<never, never>;
  phrases: Undelivered;
};

/** Whichever way the caller decides, what was left is not offered again. */
const drop = { type: 'dropUnfinished', params: undefined } as const;

const confirm = { type: 'confirmHolder', params: undefined } as const;

/** What a caller sees first. The menus list the flows that offer themselves: adding one changes nothing here. */
export const home = flowMachine<Home>()({
  id: 'home',
  context: ({ input }) => ({
    ...input.offers,
    undelivered: null,
    unfinished: input.unfinished,
    chosen: '',
    next: input.next,
    held: input.held,
  }),
  initial: 'greeting',
  states: {
    greeting: {
      invoke: {
        src: 'findCaller',
        onDone: [
          {
            description: 'not registered',
            guard: ({ event }) => !event.output.registered,
            target: 'welcome',
          },
          {
            description: 'the number was silent',
            guard: ({ event }) => event.output.silent === 'withId',
            target: 'silent',
          },
          {
            description: 'it was, and there is no ID on record',
            guard: ({ event }) => event.output.silent === 'withoutId',
            target: 'forgotten',
          },
          {
            description: 'a password did not arrive',
            guard: ({ event }) => event.output.undelivered !== null,
            target: 'undelivered',
            actions: assign({ undelivered: ({ event }) => event.output.undelivered }),
          },
          { target: 'arriving' },
        ],
      },
    },
    arriving: {
      always: [
        {
          description: 'a call was left',
          guard: ({ context }) => context.unfinished !== null,
          target: 'unfinished',
        },
        { target: 'menu' },
      ],
    },
    unfinished: {
      on: {
        reply: [
          { ...option('goOn', 'toUnfinished'), actions: drop },
          { ...option('menu', 'menu'), actions: [drop, assign({ unfinished: null })] },
        ],
      },
    },
    // Nobody knows whether this is the holder who was last heard, or somebody who was given the number since.
    silent: {
      on: {
        reply: [
          option('new', 'toRegistration'),
          option('language', 'toLanguage'),
          { guard: ({ event }) => looksLikeNationalId(event.said), target: 'identifying' },
        ],
      },
    },
    identifying: {
      invoke: {
        src: 'checkIdentity',
        input: ({ event }) => ({ said: saidIn(event) }),
        onDone: [
          {
            description: 'wrong too often today',
            guard: ({ event }) => event.output === 'stopped',
            target: 'notToday',
          },
          {
            description: 'no ID on record',
            guard: ({ event }) => event.output === 'unknown',
            target: 'forgotten',
          },
          {
            description: 'wrong',
            guard: ({ event }) => event.output === 'wrong',
            target: 'silent',
            actions: { type: 'note', params: { says: 'wrongId' } },
          },
          {
            description: 'another flow waits',
            guard: ({ context }) => context.next !== '',
            target: 'toNext',
            actions: confirm,
          },
          { target: 'arriving', actions: confirm },
        ],
      },
    },
    notToday: { type: 'final' },
    // Of whom we do not have the ID, nobody can show to be.
    forgotten: {
      on: { reply: [option('register', 'toRegistration'), option('language', 'toLanguage')] },
    },
    welcome: {
      on: {
        reply: {
          guard: optionsFrom('visitor'),
          target: 'toChosen',
          actions: assign({ chosen: ({ event }) => event.picked ?? '' }),
        },
      },
    },
    menu: {
      on: {
        reply: {
          guard: optionsFrom('member'),
          target: 'toChosen',
          actions: assign({ chosen: ({ event }) => event.picked ?? '' }),
        },
      },
    },
    undelivered: { on: { reply: [option('sendAgain', 'toReset'), option('menu', 'arriving')] } },
    toReset: enter('reset', { asked: true }),
    toRegistration: enter('registration'),
    toLanguage: enter('language'),
    toNext: enterFrom('next', { asked: true, holding: 'held' }),
    toChosen: enterFrom('chosen'),
    toUnfinished: resumeFrom('unfinished'),
  },
});
