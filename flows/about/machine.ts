import { flowMachine } from '../../src/dialogue/machine.js';
import { back, enter } from '../../src/dialogue/states.js';

type About = { context: Record<never, never>; notes: never; messages: Record<never, never> };

/** Who runs this and what is kept: the notice that the Data Protection Act 2019 asks for, section 29. */
export const about = flowMachine<About>()({
  id: 'about',
  context: {},
  initial: 'notice',
  states: {
    notice: { on: { reply: [back('toHome')] } },
    toHome: enter('home'),
  },
});
