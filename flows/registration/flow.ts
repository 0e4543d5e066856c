import { defineFlow } from '../../src/dialogue/flow.js';
import { en } from './en.js';
import { registration } from './machine.js';
import { sw } from './sw.js';

export const flow = defineFlow({
  name: 'registration',
  version: 1,
  machine: registration,
  words: { en, sw },
  offer: { to: 'visitors', order: 10 },
});
