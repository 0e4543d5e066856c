import type { Words } from '../../src/dialogue/words.js';
import type { language } from './machine.js';

export const en: Words<typeof language> = {
  title: 'Lugha / Language',
  keywords: ['ENGLISH', 'KIINGEREZA'],
  screens: {
    choice: {
      says: 'Choose a language / Chagua lugha',
      each: '{ownName}',
    },
    changed: 'We now write to you in English. Dial {ussdCode}.',
  },
  notes: { changed: 'Language: English.' },
  messages: {},
};
