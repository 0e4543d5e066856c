import type { Words } from '../../src/dialogue/words.js';
import type { language } from './machine.js';

export const sw: Words<typeof language> = {
  title: 'Lugha / Language',
  keywords: ['KISWAHILI', 'SWAHILI'],
  screens: {
    choice: {
      says: 'Chagua lugha / Choose a language',
      each: '{ownName}',
    },
    changed: 'Sasa tutakuandikia kwa Kiswahili. Piga {ussdCode}.',
  },
  notes: { changed: 'Lugha: Kiswahili.' },
  messages: {},
};
