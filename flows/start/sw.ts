import type { Words } from '../../src/dialogue/words.js';
import type { start } from './machine.js';

export const sw: Words<typeof start> = {
  title: 'Anza',
  keywords: ['ANZA'],
  screens: {
    started: 'Utapata ujumbe wetu tena. Tuma ONDOKA kusitisha, MSAADA kwa msaada.',
  },
  notes: {},
  messages: {},
};
