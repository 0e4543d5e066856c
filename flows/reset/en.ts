import { kenyanTime } from '../../src/dialogue/kenyan-time.js';
import type { Words } from '../../src/dialogue/words.js';
import type { reset } from './machine.js';

export const en: Words<typeof reset> = {
  title: 'Password',
  keywords: ['RESET'],
  screens: {
    notRegistered: {
      says: (_, { phone }) => `${phone} is not registered yet.`,
      options: { register: 'Register' },
    },
    confirm: {
      says: (_, { phone }) =>
        `Get a new password by SMS to ${phone}? The old one stops working at once.`,
      options: { yes: 'Yes, send it' },
    },
    passwordSent: (_, { phone }) =>
      `A new password is coming by SMS to ${phone}. The old one no longer works. No SMS in 5 minutes? Dial again.`,
    tooMany: ({ againAt }) =>
      `Too many new passwords for one day. Please use the last one we sent, or try again after ${kenyanTime(againAt)}.`,
  },
  notes: {},
  messages: {
    yourPassword: ({ password }, { web }) =>
      `New password: ${password}, for 72 hours. Log in at ${web} and choose your own. Tell it to no one.`,
  },
};
