import type { Words } from '../../src/dialogue/words.js';
import type { help } from './machine.js';

export const sw: Words<typeof help> = {
  title: 'Msaada',
  keywords: ['MSAADA'],
  screens: {
    read: 'Unaweza pia kutuma NENOSIRI, WASIFU, HAMISHA au ONDOKA kwa {smsShortCode}. KNEC haiombi nenosiri lako kamwe.',
    answered:
      'Piga {ussdCode}, au tuma JISAJILI, NENOSIRI, WASIFU, HAMISHA, ENGLISH au ONDOKA. Hatuombi nenosiri lako kamwe.',
  },
  notes: {},
  messages: {},
};
