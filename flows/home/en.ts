import type { Words } from '../../src/dialogue/words.js';
import type { home } from './machine.js';

export const en: Words<typeof home> = {
  title: 'Home',
  keywords: [],
  screens: {
    welcome: {
      says: 'KNEC CP2: contracted professionals',
      each: (flow, _, { titles }) => titles[flow] ?? flow,
    },
    menu: {
      says: 'KNEC CP2',
      each: (flow, _, { titles }) => titles[flow] ?? flow,
    },
    unfinished: {
      says: ({ unfinished }, { titles }) =>
        `Your last call ended in the middle of: ${titles[unfinished?.flow ?? ''] ?? ''}. What was answered is kept.`,
      options: { goOn: 'Go on from there', menu: 'Menu' },
    },
    undelivered: {
      says: ({ undelivered }) => undeliveredBecause[undelivered ?? 'other'],
      options: { sendAgain: 'Send me a new one', menu: 'Go on' },
    },
  },
  notes: {},
  messages: {},
};

const undeliveredBecause = {
  blocked:
    'Password SMS refused: this line blocks promotional SMS. On Safaricom dial *456*9*5*5*1#, then:',
  phoneOff: 'Your password SMS did not arrive: the phone was off or its inbox full.',
  other: 'Your password SMS could not be delivered.',
};
