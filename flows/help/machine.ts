import { flowMachine } from '../../src/dialogue/machine.js';
import { back, enter, option } from '../../src/dialogue/states.js';

type Help = {
  context: { asked: boolean };
  notes: never;
  messages: Record<never, never>;
};

/** What one can dial and text. Also the answer to an SMS that is nothing else. */
export const help = flowMachine<Help>()({
  id: 'help',
  context: ({ input }) => ({ asked: input.asked }),
  initial: 'choosing',
  states: {
    choosing: {
      always: [
        { description: 'texted', guard: ({ context }) => context.asked, target: 'answered' },
        { target: 'read' },
      ],
    },
    // What visitors have in their first menu, members find here.
    read: {
      on: { reply: [option('about', 'toAbout'), option('move', 'toMove'), back('toHome')] },
    },
    answered: { type: 'final' },
    toAbout: enter('about'),
    toMove: enter('move'),
    toHome: enter('home'),
  },
});
