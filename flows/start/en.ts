import type { Words } from '../../src/dialogue/words.js';
import type { start } from './machine.js';

export const en: Words<typeof start> = {
  title: 'Start messages',
  keywords: ['START'],
  screens: {
    started: 'You will get our messages again. Text STOP to end them, HELP for help.',
  },
  notes: {},
  messages: {},
};
