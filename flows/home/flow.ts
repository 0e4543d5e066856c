import { defineFlow } from '../../src/dialogue/flow.js';
import { en } from './en.js';
import { home } from './machine.js';
import { sw } from './sw.js';

export const flow = defineFlow({
  name: 'home',
  version: 1,
  machine: home,
  words: { en, sw },
  // The way to what people have called for.
  goal: {},
});
