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
    undelivered: {
      says: ({ undelivered }) => undeliveredBecause[undelivered ?? 'other'],
      options: { sendAgain: 'Nitumie nyingine', menu: 'Endelea' },
    },
  },
  notes: {},
  messages: {},
};

const undeliveredBecause = {
  blocked: 'SMS ya nenosiri imekataliwa, laini inazuia matangazo. Piga *456*9*5*5*1# (Safaricom):',
  phoneOff: 'SMS ya nenosiri haikufika: simu ilikuwa imezimwa au imejaa SMS.',
  other: 'SMS ya nenosiri haikuweza kufika.',
};
