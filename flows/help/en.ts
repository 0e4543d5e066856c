import type { Words } from '../../src/dialogue/words.js';
import type { help } from './machine.js';

export const en: Words<typeof help> = {
  title: 'Help',
  keywords: ['HELP'],
  screens: {
    read: 'You can also text RESET, PROFILE, MOVE (your number changed) or STOP to {smsShortCode}. KNEC never asks for your password.',
    answered:
      'Dial {ussdCode}, or text REGISTER, RESET (new password), PROFILE, MOVE (number), KISWAHILI or STOP. We never ask for your password.',
  },
  notes: {},
  messages: {},
};
