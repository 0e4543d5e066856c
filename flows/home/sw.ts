import type { Words } from '../../src/dialogue/words.js';
import type { home } from './machine.js';

export const sw: Words<typeof home> = {
  title: 'Mwanzo',
  keywords: [],
  screens: {
    welcome: {
      says: 'KNEC CP2: wataalamu wa mkataba',
      each: (flow, _, { titles }) => titles[flow] ?? flow,
    },
    menu: {
      says: 'KNEC CP2',
      each: (flow, _, { titles }) => titles[flow] ?? flow,
    },
    unfinished: {
      says: ({ unfinished }, { titles }) =>
        `Simu yako iliyopita ilikatika katikati ya: ${titles[unfinished?.flow ?? ''] ?? ''}. Majibu yako yamehifadhiwa.`,
      options: { goOn: 'Endelea pale pale', menu: 'Menyu' },
    },
    silent: {
      says: (_, { phone }) =>
        `${phone} ilikuwa kimya miezi 6. Ni yako? Andika nambari ya kitambulisho:`,
      options: {
        new: 'Ni mpya kwangu',
        language: (_, { titles }) => titles['language'] ?? '',
      },
    },
    notToday:
      'Kitambulisho hakikulingana mara tatu. Kwa usalama wako, jaribu tena kesho. Nambari ni mpya kwako? Piga tena useme hivyo.',
    forgotten: {
      says: (_, { phone }) => `${phone} ilikuwa kimya miezi 6. Kwa usalama wako, isajili tena.`,
      options: {
        register: (_, { titles }) => titles['registration'] ?? '',
        language: (_, { titles }) => titles['language'] ?? '',
      },
    },
    undelivered: {
      says: ({ undelivered }) => undeliveredBecause[undelivered ?? 'other'],
      options: { sendAgain: 'Nitumie nyingine', menu: 'Endelea' },
    },
  },
  notes: { wrongId: 'Si kitambulisho tulicho nacho.' },
  messages: {},
};

const undeliveredBecause = {
  blocked: 'SMS ya nenosiri imekataliwa, laini inazuia matangazo. Piga *456*9*5*5*1# (Safaricom):',
  phoneOff: 'SMS ya nenosiri haikufika: simu ilikuwa imezimwa au imejaa SMS.',
  other: 'SMS ya nenosiri haikuweza kufika.',
};
