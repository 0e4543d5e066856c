import type { Words } from '../../src/dialogue/words.js';
import type { move } from './machine.js';

export const en: Words<typeof move> = {
  title: 'My number changed',
  keywords: ['MOVE'],
  screens: {
    oldNumber: 'KNEC can move your account to {phone}. Which number did you have before?',
    identity: 'Type the national ID number that is in the account of {shown}:',
    requested:
      'Thank you. KNEC will look at it and answer by SMS to {phone}. Until then nothing changes.',
    tooMany:
      'You have asked often today. Please wait for our answer, or ask again after {againAt}.',
  },
  notes: {
    noNumber: 'That is no number. Type it as in 0712345678.',
    noId: 'Type the digits of your ID.',
  },
  messages: {},
};
