import { defineFlow } from '../../src/dialogue/flow.js';
import { en } from './en.js';
import { help } from './machine.js';
import { sw } from './sw.js';

export const flow = defineFlow({
  name: 'help',
  version: 1,
  machine: help,
  words: { en, sw },
  aside: true,
  goal: { states: ['read', 'answered'] },
  offer: { to: 'members', order: 40 },
});
