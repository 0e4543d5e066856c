import type { Words } from '../../src/dialogue/words.js';
import type { help } from './machine.js';

export const sw: Words<typeof help> = {
  title: 'Msaada',
  keywords: ['MSAADA'],
  screens: {
    read: {
      says: 'Tuma NENOSIRI, WASIFU au ONDOKA kwa {smsShortCode}. Hatuombi nenosiri.',
      options: { about: '{title.about}', move: '{title.move}' },
    },
    answered:
      'Piga {ussdCode}, au tuma JISAJILI, NENOSIRI, WASIFU, HAMISHA, ENGLISH au ONDOKA. Hatuombi nenosiri lako kamwe.',
  },
  notes: {},
  messages: {},
};
