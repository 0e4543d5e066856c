import { defineFlow } from '../../src/dialogue/flow.js';
import { isLanguage, languageCodes, languages } from '../../src/dialogue/languages.js';
import type { Resting } from '../../src/dialogue/words.js';
import { en } from './en.js';
import { language } from './machine.js';
import { sw } from './sw.js';

export const flow = defineFlow({
  name: 'language',
  version: 2,
  // The list of languages is new; the two that were there have kept their numbers.
  from: {
    1: ({ state, context }) => ({
      state: state as Resting<typeof language>,
      context: { keyword: null, ...context, languages: languageCodes },
      sameQuestion: true,
    }),
  },
  machine: language,
  words: { en, sw },
  aside: true,
  quotes: { ownName: (_, { key }) => (isLanguage(key) ? languages[key] : key) },
  // A way to what people have called for.
  goal: {},
  offer: { to: 'everyone', order: 30 },
});
