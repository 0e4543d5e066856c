import type { Words } from '../../src/dialogue/words.js';
import type { move } from './machine.js';

export const sw: Words<typeof move> = {
  title: 'Nambari imebadilika',
  keywords: ['HAMISHA'],
  screens: {
    oldNumber: 'KNEC inaweza kuhamishia akaunti yako kwa {phone}. Ulikuwa na nambari gani awali?',
    identity: 'Andika nambari ya kitambulisho iliyo kwenye akaunti ya {shown}:',
    requested:
      'Asante. KNEC itaangalia na kukujibu kwa SMS kwa {phone}. Hadi hapo hakuna kitakachobadilika.',
    tooMany:
      'Umeomba mara nyingi leo. Tafadhali subiri jibu letu, au omba tena baada ya {againAt}.',
  },
  notes: {
    noNumber: 'Hiyo si nambari. Andika kama 0712345678.',
    noId: 'Andika tarakimu za kitambulisho.',
  },
  messages: {},
};
