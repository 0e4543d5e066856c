import { flowMachine } from '../../src/dialogue/machine.js';

type Stop = { context: Record<never, never>; notes: never; messages: Record<never, never> };

/** No more messages, but passwords and answers that the person asks for. Works without an account, as custom and the carriers' rules demand. */
export const stop = flowMachine<Stop>()({
  id: 'stop',
  context: {},
  initial: 'stopped',
  states: {
    stopped: { type: 'final', entry: { type: 'stopMessages', params: undefined } },
  },
});
