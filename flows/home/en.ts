import type { Words } from '../../src/dialogue/words.js';
import type { home } from './machine.js';

export const en: Words<typeof home> = {
  title: 'Home',
  keywords: [],
  screens: {
    welcome: {
      says: 'KNEC CP2: contracted professionals',
      each: '{offer}',
    },
    menu: {
      says: 'KNEC CP2',
      each: '{offer}',
    },
    unfinished: {
      says: 'Your last call ended in the middle of: {unfinished}. What was saved stays.',
      options: { goOn: 'Go on from there', menu: 'Menu' },
    },
    silent: {
      says: '{phone} was silent for 6 months. Yours? Type your national ID number:',
      options: {
        new: 'I am new on this number',
        language: '{title.language}',
      },
    },
    notToday:
      'The ID did not match three times. For your safety, try again tomorrow. New on this number? Dial again and say so.',
    forgotten: {
      says: '{phone} was silent for 6 months. For your safety, please register it again.',
      options: {
        register: '{title.registration}',
        language: '{title.language}',
      },
    },
    undelivered: {
      says: '{undelivered}',
      options: { sendAgain: 'Send me a new one', menu: 'Go on' },
    },
  },
  notes: { wrongId: 'Not the ID that we have.' },
  messages: {},
  phrases: {
    blocked:
      'Password SMS refused: this line blocks promotional SMS. On Safaricom dial *456*9*5*5*1#, then:',
    phoneOff: 'Your password SMS did not arrive: the phone was off or its inbox full.',
    inboxFull:
      'Your password SMS did not arrive: the SMS inbox of this phone is full. Delete some, then:',
    other: 'Your password SMS could not be delivered.',
    noNews: 'We have no word that your password SMS arrived.',
  },
};
