import type { Words } from '../../src/dialogue/words.js';
import type { stop } from './machine.js';

export const sw: Words<typeof stop> = {
  title: 'Ondoka',
  keywords: ['ONDOKA', 'TOKA'],
  screens: {
    stopped:
      'Hatutakutumia ujumbe tena, ila nenosiri na majibu unayoomba. Tuma ANZA kupata ujumbe tena.',
  },
  notes: {},
  messages: {},
};
