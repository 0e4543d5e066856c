import { defineFlow } from '../../src/dialogue/flow.js';
import { en } from './en.js';
import { profile } from './machine.js';
import { sw } from './sw.js';

export const flow = defineFlow({
  name: 'profile',
  version: 1,
  resumes: ['question', 'list', 'doubt', 'identity'],
  machine: profile,
  words: { en, sw },
  offer: { to: 'members', order: 10 },
  takesValue: true,
});
