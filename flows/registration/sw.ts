import type { Words } from '../../src/dialogue/words.js';
import type { registration } from './machine.js';

export const sw: Words<typeof registration> = {
  title: 'Jisajili',
  keywords: ['JISAJILI'],
  screens: {
    consent: {
      says: 'Sajili {phone} na KNEC? KNEC hutunza nambari na wasifu wako kukupa kazi na kukulipa.',
      options: { agree: 'Nakubali, nisajili' },
    },
    newHolder: {
      says: '{phone} ni mpya kwako? KNEC hutunza nambari na wasifu kukupa kazi na malipo.',
      options: { agree: 'Ndiyo, nisajili', mine: 'Ni yangu' },
    },
    again: {
      says: '{phone} ilikuwa kimya miezi 6. KNEC hutunza nambari na wasifu kukupa kazi na kukulipa.',
      options: { agree: 'Nakubali, nisajili' },
    },
    registered:
      'Umesajiliwa. Nenosiri linakuja kwa SMS kwa {phone}. Lisipofika kwa dakika 5, piga tena uchague Nenosiri.',
    alreadyRegistered: {
      says: '{phone} imesajiliwa tayari. Umepoteza nenosiri?',
      options: { reset: 'Pata nenosiri jipya' },
    },
  },
  notes: {},
  messages: {
    yourPassword:
      'Umesajiliwa. Nenosiri: {password}, kwa saa 72. Ingia {web} uchague lako. Usimwambie mtu.',
  },
};
