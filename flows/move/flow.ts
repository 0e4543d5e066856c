import { defineFlow } from '../../src/dialogue/flow.js';
import { en } from './en.js';
import { move } from './machine.js';
import { sw } from './sw.js';

export const flow = defineFlow({
  name: 'move',
  version: 1,
  machine: move,
  words: { en, sw },
  goal: { states: ['requested'] },
  offer: { to: 'visitors', order: 50 },
});
