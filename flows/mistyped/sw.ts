import type { Words } from '../../src/dialogue/words.js';
import type { mistyped } from './machine.js';

export const sw: Words<typeof mistyped> = {
  title: 'Neno lililokosewa',
  keywords: [],
  screens: {
    asked:
      'Hii inakaribia {keyword}. Ukimaanisha hivyo, tuma {keyword}. Kama ni jibu, tuma pamoja na neno lingine, au piga {ussdCode}.',
  },
  notes: {},
  messages: {},
};
