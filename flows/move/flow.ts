import { defineFlow, MASK } from '../../src/dialogue/flow.js';
import { kenyanTime } from '../../src/dialogue/kenyan-time.js';
import { en } from './en.js';
import { move } from './machine.js';
import { sw } from './sw.js';

export const flow = defineFlow({
  name: 'move',
  version: 1,
  machine: move,
  words: { en, sw },
  goal: { states: ['requested'] },
  masked: (context) => ({ ...context, shown: MASK }),
  quotes: { shown: ({ shown }) => shown, againAt: ({ againAt }) => kenyanTime(againAt) },
  offer: { to: 'visitors', order: 50 },
});
