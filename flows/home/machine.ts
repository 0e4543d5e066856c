import { assign } from 'xstate';
import { flowMachine } from '../../src/dialogue/machine.js';
import { enter, enterFrom, option, optionsFrom } from '../../src/dialogue/states.js';
import type { Undelivered } from '../../src/dialogue/world.js';

type Home = {
  context: {
    visitor: readonly string[];
    member: readonly string[];
    undelivered: Undelivered | null;
    chosen: string;
  };
  notes: never;
  messages: Record<never, never>;
};

/** What a caller sees first. The menus list the flows that offer themselves: adding one changes nothing here. */
export const home = flowMachine<Home>()({
  id: 'home',
  context: ({ input }) => ({ ...input.offers, undelivered: null, chosen: '' }),
  initial: 'greeting',
  states: {
    greeting: {
      invoke: {
        src: 'findCaller',
        onDone: [
          { guard: ({ event }) => !event.output.registered, target: 'welcome' },
          {
            guard: ({ event }) => event.output.undelivered !== null,
            target: 'undelivered',
            actions: assign({ undelivered: ({ event }) => event.output.undelivered }),
          },
          { target: 'menu' },
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
  },
});
