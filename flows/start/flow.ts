import { defineFlow } from '../../src/dialogue/flow.js';
import { en } from './en.js';
import { start } from './machine.js';
import { sw } from './sw.js';

export const flow = defineFlow({
  name: 'start',
  version: 1,
  machine: start,
  words: { en, sw },
  aside: true,
});
