import type { Words } from '../../src/dialogue/words.js';
import type { about } from './machine.js';

export const sw: Words<typeof about> = {
  title: 'Kuhusu na data yako',
  keywords: [],
  screens: {
    notice: [
      'CP2 inaendeshwa na KNEC, Baraza la Kitaifa la Mitihani la Kenya.',
      'Tunahifadhi nambari yako na wasifu unaotupa, ili kukupa kazi ya mitihani, kukupangia kituo na kukulipa. KNEC na wanaokulipa tu ndio huiona.',
      'Unaweza kuona, kurekebisha, kupata nakala na kufuta tunachohifadhi.',
      'Zaidi: {web}/privacy',
    ].join('\n'),
  },
  notes: {},
  messages: {},
};
