import { flowMachine } from '../../src/dialogue/machine.js';

type Mistyped = {
  context: {
    /** The keyword that the SMS is but for a letter. */
    keyword: string;
  };
  notes: never;
  messages: Record<never, never>;
};

/** Asks whether a keyword was meant. What is open waits, and nothing of the SMS is taken for an answer. */
export const mistyped = flowMachine<Mistyped>()({
  id: 'mistyped',
  context: ({ input }) => ({ keyword: input.value }),
  initial: 'asked',
  states: {
    asked: { type: 'final' },
  },
});
