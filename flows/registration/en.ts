import type { Words } from '../../src/dialogue/words.js';
import type { registration } from './machine.js';

export const en: Words<typeof registration> = {
  title: 'Register',
  keywords: ['REGISTER'],
  screens: {
    consent: {
      says: 'Register {phone} with KNEC? KNEC keeps your number and profile to engage and pay you.',
      options: { agree: 'I agree, register me' },
    },
    newHolder: {
      says: 'New on {phone}? KNEC keeps your number and profile to engage and pay you.',
      options: { agree: 'Yes, register me', mine: 'No, it is mine' },
    },
    again: {
      says: '{phone} was silent for 6 months. KNEC keeps your number and profile to engage and pay you.',
      options: { agree: 'I agree, register me' },
    },
    registered:
      'Registered. Your password is coming by SMS to {phone}. No SMS in 5 minutes? Dial again and choose Password.',
    alreadyRegistered: {
      says: '{phone} is already registered. Lost your password?',
      options: { reset: 'Get a new password' },
    },
  },
  notes: {},
  messages: {
    yourPassword:
      'Registered. Password: {password}, for 72 hours. Log in at {web} and choose your own. Tell it to no one.',
  },
};
