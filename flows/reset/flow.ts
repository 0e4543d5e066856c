import { defineFlow } from '../../src/dialogue/flow.js';
import { kenyanTime } from '../../src/dialogue/kenyan-time.js';
import { en } from './en.js';
import { reset } from './machine.js';
import { sw } from './sw.js';

export const flow = defineFlow({
  name: 'reset',
  version: 1,
  machine: reset,
  words: { en, sw },
  quotes: { againAt: ({ againAt }) => kenyanTime(againAt) },
  masked: (context) => context,
  goal: { states: ['passwordSent'] },
  offer: { to: 'members', order: 20 },
});
