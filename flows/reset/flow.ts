import { defineFlow } from '../../src/dialogue/flow.js';
import { en } from './en.js';
import { reset } from './machine.js';
import { sw } from './sw.js';

export const flow = defineFlow({
  name: 'reset',
  version: 1,
  machine: reset,
  words: { en, sw },
  goal: { states: ['passwordSent'] },
  offer: { to: 'members', order: 20 },
});
