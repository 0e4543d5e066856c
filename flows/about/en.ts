import type { Words } from '../../src/dialogue/words.js';
import type { about } from './machine.js';

export const en: Words<typeof about> = {
  title: 'About and your data',
  keywords: [],
  screens: {
    notice: [
      'CP2 is run by KNEC, the Kenya National Examinations Council.',
      'We keep your number and the profile you give us, to engage, deploy and pay you for examination work. Only KNEC and those who pay you see it.',
      'You may see, correct, take a copy of and erase what we keep.',
      'More: {web}/privacy',
    ].join('\n'),
  },
  notes: {},
  messages: {},
};
