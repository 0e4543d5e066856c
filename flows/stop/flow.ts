import { defineFlow } from '../../src/dialogue/flow.js';
import { en } from './en.js';
import { stop } from './machine.js';
import { sw } from './sw.js';

export const flow = defineFlow({
  name: 'stop',
  version: 1,
  machine: stop,
  words: { en, sw },
  aside: true,
});
