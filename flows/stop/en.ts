import type { Words } from '../../src/dialogue/words.js';
import type { stop } from './machine.js';

export const en: Words<typeof stop> = {
  title: 'Stop messages',
  keywords: ['STOP'],
  screens: {
    stopped:
      'We will send you no more messages, only passwords and answers that you ask for. Text START to get messages again.',
  },
  notes: {},
  messages: {},
};
