import type { Words } from '../../src/dialogue/words.js';
import type { reset } from './machine.js';

export const en: Words<typeof reset> = {
  title: 'Password',
  keywords: ['RESET'],
  screens: {
    notRegistered: {
      says: '{phone} is not registered yet.',
      options: { register: 'Register' },
    },
    confirm: {
      says: 'Get a new password by SMS to {phone}? The old one stops working at once.',
      options: { yes: 'Yes, send it' },
    },
    passwordSent:
      'A new password is coming by SMS to {phone}. The old one no longer works. No SMS in 5 minutes? Dial again.',
    tooMany:
      'Too many new passwords for one day. Please use the last one we sent, or try again after {againAt}.',
  },
  notes: {},
  messages: {
    yourPassword:
      'New password: {password}, for 72 hours. Log in at {web} and choose your own. Tell it to no one.',
  },
};
