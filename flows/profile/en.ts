import type { Words } from '../../src/dialogue/words.js';
import type { profile } from './machine.js';

export const en: Words<typeof profile> = {
  title: 'Profile',
  keywords: ['PROFILE'],
  screens: {
    notRegistered: {
      says: '{phone} is not registered yet.',
      options: { register: 'Register' },
    },
    overview: {
      says: '{howFar}. Missing: {missing}',
      options: { fill: 'Fill what is missing', groups: 'See or change' },
    },
    complete: {
      says: '{howFar}: complete.\n{phone}, member since {since}',
      options: { groups: 'See or change' },
    },
    groups: {
      says: 'Choose a part:',
      options: {
        personal: '{personal}',
        bank: '{bank}',
        qualification: '{qualification}',
        work: '{work}',
        kin: '{kin}',
      },
    },
    group: {
      says: '{group}',
      each: '{listed}',
    },
    detail: {
      says: '{detail}: {shown}',
      options: { change: 'Change' },
    },
    question: {
      says: '{detail}?\nType {expects}',
      options: { skip: 'Skip' },
    },
    list: {
      says: '{detail}? Number or first letters:',
      options: { skip: 'Skip' },
    },
    doubt: {
      says: '{doubt}',
      options: { keep: 'Yes, keep it', again: 'No, type again' },
    },
    identity: 'To change: {waiting}\nFirst type the national ID number that we have for you:',
    notToday: 'The ID did not match three times. For your safety this cannot be changed today.',
    applied: '{report}',
  },
  notes: {
    comesFirst: 'This comes first:',
    theRest: '{theRest}',
    saved: '{kept} {again}',
    savedConflict: 'Saved. It is also on another account; KNEC will check. {again}',
    complete: 'Your profile is complete. Thank you.',
    overtaken: 'It was changed meanwhile. Nothing was saved.',
    notRight: '{refusal}',
    several: 'Which one?',
    oneOf: '{theRest} Which one?',
    wrongId: 'That is not the ID number that we have.',
  },
  messages: {},
  phrases: {
    howFar: 'Profile {filled} of {all}',
    missing: 'missing',
    saved: 'Saved: {kept}.',
    again: 'Give again: {details}.',
    savedOne: 'Saved.',
    notSaved: 'Not saved: {detail}: {expects}.',
    alsoNotSaved: 'Also not saved: {details}.',
    or: '{others} or {last}',
    notUnderstood: 'Part was not understood.',
    commas: 'Several details? Put a comma between them.',
    conflict: 'KNEC will check: also on another account.',
    next: 'Next: PROFILE {keyword} ...',
    restSaved: 'The rest is saved.',
    partWrong: 'Part was wrong.',
    notAccepted: 'Not accepted. Try again.',
  },
};
