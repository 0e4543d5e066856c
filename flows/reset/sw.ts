import type { Words } from '../../src/dialogue/words.js';
import type { reset } from './machine.js';

export const sw: Words<typeof reset> = {
  title: 'Nenosiri',
  keywords: ['NENOSIRI'],
  screens: {
    notRegistered: {
      says: '{phone} bado haijasajiliwa.',
      options: { register: 'Jisajili' },
    },
    confirm: {
      says: 'Upate nenosiri jipya kwa SMS kwa {phone}? La zamani litaacha kufanya kazi mara moja.',
      options: { yes: 'Ndiyo, litume' },
    },
    passwordSent:
      'Nenosiri jipya linakuja kwa SMS kwa {phone}. La zamani halifanyi kazi tena. Lisipofika kwa dakika 5, piga tena.',
    tooMany:
      'Umeomba nenosiri mara nyingi leo. Tumia la mwisho tulilotuma, au jaribu tena baada ya {againAt}.',
  },
  notes: {},
  messages: {
    yourPassword:
      'Nenosiri jipya: {password}, kwa saa 72. Ingia {web} uchague lako. Usimwambie mtu.',
  },
};
