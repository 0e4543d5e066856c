import { defineFlow } from '../../src/dialogue/flow.js';
import { en } from './en.js';
import { mistyped } from './machine.js';
import { sw } from './sw.js';

export const flow = defineFlow({
  name: 'mistyped',
  version: 1,
  machine: mistyped,
  words: { en, sw },
  quotes: { keyword: ({ keyword }) => keyword },
  masked: (context) => context,
  aside: true,
});
