import { kenyanDate } from '../../src/dialogue/kenyan-time.js';
import type { Words } from '../../src/dialogue/words.js';
import type { profile } from './machine.js';

export const en: Words<typeof profile> = {
  title: 'Profile',
  keywords: ['PROFILE'],
  screens: {
    notRegistered: {
      says: (_, { phone }) => `${phone} is not registered yet.`,
      options: { register: 'Register' },
    },
    overview: {
      says: ({ fullName, memberSince }, { phone }) =>
        `Name: ${fullName ?? 'missing'}\nPhone: ${phone}\nLanguage: English\nMember since ${kenyanDate(memberSince)}`,
      options: { name: 'Name', language: 'Lugha / Language' },
    },
    newName: 'Type your full name as on your ID:',
  },
  notes: {
    saved: 'Saved.',
    notAName: 'A name has letters only, up to 60, as in: Jane Wanjiku Muthoni',
    notADetail: 'That was not understood. Text for example: PROFILE NAME Jane Muthoni',
  },
  messages: {},
};
