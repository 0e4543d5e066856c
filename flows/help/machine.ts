import { flowMachine } from '../../src/dialogue/machine.js';
import { back, enter } from '../../src/dialogue/states.js';

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
    read: { on: { reply: [back('toHome')] } },
    answered: { type: 'final' },
    toHome: enter('home'),
  },
});
