import { flowMachine } from '../../src/dialogue/machine.js';

type Start = { context: Record<never, never>; notes: never; messages: Record<never, never> };

/** Takes a STOP back. */
export const start = flowMachine<Start>()({
  id: 'start',
  context: {},
  initial: 'started',
  states: {
    started: { type: 'final', entry: { type: 'startMessages', params: undefined } },
  },
});
