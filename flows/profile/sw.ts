import { kenyanDate } from '../../src/dialogue/kenyan-time.js';
import type { Words } from '../../src/dialogue/words.js';
import type { profile } from './machine.js';

export const sw: Words<typeof profile> = {
  title: 'Wasifu',
  keywords: ['WASIFU'],
  screens: {
    notRegistered: {
      says: (_, { phone }) => `${phone} bado haijasajiliwa.`,
      options: { register: 'Jisajili' },
    },
    overview: {
      says: ({ fullName, memberSince }, { phone }) =>
        `Jina: ${fullName ?? 'halipo'}\nSimu: ${phone}\nLugha: Kiswahili\nMwanachama tangu ${kenyanDate(memberSince)}`,
      options: { name: 'Jina', language: 'Lugha / Language' },
    },
    newName: 'Andika jina lako kamili kama kwenye kitambulisho:',
  },
  notes: {
    saved: 'Imehifadhiwa.',
    notAName: 'Jina ni herufi tu, zisizozidi 60, mfano: Jane Wanjiku Muthoni',
    notADetail: 'Haikueleweka. Andika kwa mfano: WASIFU JINA Jane Muthoni',
  },
  messages: {},
};
