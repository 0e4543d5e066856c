import { defineFlow } from '../../src/dialogue/flow.js';
import { en } from './en.js';
import { language } from './machine.js';
import { sw } from './sw.js';

export const flow = defineFlow({
  name: 'language',
  version: 1,
  machine: language,
  words: { en, sw },
  // A way to what people have called for.
  goal: {},
  offer: { to: 'everyone', order: 30 },
});
