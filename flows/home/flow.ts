import { defineFlow } from '../../src/dialogue/flow.js';
import { en } from './en.js';
import { home } from './machine.js';
import { sw } from './sw.js';

export const flow = defineFlow({
  name: 'home',
  version: 1,
  machine: home,
  words: { en, sw },
  quotes: {
    offer: (_, { key, facts }) => facts.titles[key] ?? key,
    unfinished: ({ unfinished }, { facts }) => facts.titles[unfinished?.flow ?? ''] ?? '',
    undelivered: ({ undelivered }, { phrase }) => phrase(undelivered ?? 'other'),
  },
  // Its texts quote names of flows.
  masked: (context) => context,
  // The way to what people have called for.
  goal: {},
});
