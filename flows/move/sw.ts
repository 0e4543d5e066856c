import { kenyanTime } from '../../src/dialogue/kenyan-time.js';
import type { Words } from '../../src/dialogue/words.js';
import type { move } from './machine.js';

export const sw: Words<typeof move> = {
  title: 'Nambari imebadilika',
  keywords: ['HAMISHA'],
  screens: {
    oldNumber: (_, { phone }) =>
      `KNEC inaweza kuhamishia akaunti yako kwa ${phone}. Ulikuwa na nambari gani awali?`,
    identity: ({ shown }) => `Andika nambari ya kitambulisho iliyo kwenye akaunti ya ${shown}:`,
    requested: (_, { phone }) =>
      `Asante. KNEC itaangalia na kukujibu kwa SMS kwa ${phone}. Hadi hapo hakuna kitakachobadilika.`,
    tooMany: ({ againAt }) =>
      `Umeomba mara nyingi leo. Tafadhali subiri jibu letu, au omba tena baada ya ${kenyanTime(againAt)}.`,
  },
  notes: {
    noNumber: 'Hiyo si nambari. Andika kama 0712345678.',
    noId: 'Andika tarakimu za kitambulisho.',
  },
  messages: {},
};
