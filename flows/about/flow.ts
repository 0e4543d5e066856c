import { defineFlow } from '../../src/dialogue/flow.js';
import { en } from './en.js';
import { about } from './machine.js';
import { sw } from './sw.js';

export const flow = defineFlow({
  name: 'about',
  version: 1,
  machine: about,
  words: { en, sw },
  goal: { states: ['notice'] },
  pages: ['notice'],
  offer: { to: 'visitors', order: 40 },
});
