import { kenyanTime } from '../../src/dialogue/kenyan-time.js';
import type { Words } from '../../src/dialogue/words.js';
import type { reset } from './machine.js';

export const sw: Words<typeof reset> = {
  title: 'Nenosiri',
  keywords: ['NENOSIRI'],
  screens: {
    notRegistered: {
      says: (_, { phone }) => `${phone} bado haijasajiliwa.`,
      options: { register: 'Jisajili' },
    },
    confirm: {
      says: (_, { phone }) =>
        `Upate nenosiri jipya kwa SMS kwa ${phone}? La zamani litaacha kufanya kazi mara moja.`,
      options: { yes: 'Ndiyo, litume' },
    },
    passwordSent: (_, { phone }) =>
      `Nenosiri jipya linakuja kwa SMS kwa ${phone}. La zamani halifanyi kazi tena. Lisipofika kwa dakika 5, piga tena.`,
    tooMany: ({ againAt }) =>
      `Umeomba nenosiri mara nyingi leo. Tumia la mwisho tulilotuma, au jaribu tena baada ya ${kenyanTime(againAt)}.`,
  },
  notes: {},
  messages: {
    yourPassword: ({ password }, { web }) =>
      `Nenosiri jipya: ${password}, kwa saa 72. Ingia ${web} uchague lako. Usimwambie mtu.`,
  },
};
