import { assign } from 'xstate';
import { flowMachine } from '../../src/dialogue/machine.js';
import { enter, enterFrom, option, optionsFrom, resumeFrom } from '../../src/dialogue/states.js';
import type { Undelivered } from '../../src/dialogue/world.js';

type Home = {
  context: {
    visitor: readonly string[];
    member: readonly string[];
    undelivered: Undelivered | null;
    /** Where an earlier call was left: a position, of which home knows the flow only. */
    unfinished: { readonly flow: string } | null;
    chosen: string;
  };
  notes: never;
  messages: Record<never, never>;
};

/** Whichever way the caller decides, what was left is not offered again. */
const drop = { type: 'dropUnfinished', params: undefined } as const;

/** What a caller sees first. The menus list the flows that offer themselves: adding one changes nothing here. */
export const home = flowMachine<Home>()({
  id: 'home',
  context: ({ input }) => ({
    ...input.offers,
    undelivered: null,
    unfinished: input.unfinished,
    chosen: '',
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
            description: 'a password did not arrive',
            guard: ({ event }) => event.output.undelivered !== null,
            target: 'undelivered',
            actions: assign({ undelivered: ({ event }) => event.output.undelivered }),
          },
          {
            description: 'a call was left',
            guard: ({ context }) => context.unfinished !== null,
            target: 'unfinished',
          },
          { target: 'menu' },
        ],
      },
    },
    unfinished: {
      on: {
        reply: [
          { ...option('goOn', 'toUnfinished'), actions: drop },
          { ...option('menu', 'menu'), actions: drop },
        ],
      },
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
    undelivered: { on: { reply: [option('sendAgain', 'toReset'), option('menu', 'menu')] } },
    toReset: enter('reset', { asked: true }),
    toChosen: enterFrom('chosen'),
    toUnfinished: resumeFrom('unfinished'),
  },
});
