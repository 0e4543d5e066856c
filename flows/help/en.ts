import type { Words } from '../../src/dialogue/words.js';
import type { help } from './machine.js';

export const en: Words<typeof help> = {
  title: 'Help',
  keywords: ['HELP'],
  screens: {
    read: {
      says: 'Text RESET, PROFILE or STOP to {smsShortCode}. We never ask for your password.',
      options: { about: '{title.about}', move: '{title.move}' },
    },
    answered:
      'Dial {ussdCode}, or text REGISTER, RESET (new password), PROFILE, MOVE (number), KISWAHILI or STOP. We never ask for your password.',
  },
  notes: {},
  messages: {},
};
