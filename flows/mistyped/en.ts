import type { Words } from '../../src/dialogue/words.js';
import type { mistyped } from './machine.js';

export const en: Words<typeof mistyped> = {
  title: 'Mistyped keyword',
  keywords: [],
  screens: {
    asked:
      'This is nearly {keyword}. If you mean it, text {keyword}. If it is an answer, text it with another word, or dial {ussdCode}.',
  },
  notes: {},
  messages: {},
};
