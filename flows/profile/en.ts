import { kenyanDate } from '../../src/dialogue/kenyan-time.js';
import type { Words } from '../../src/dialogue/words.js';
import { groups } from '../../src/profile/detail.js';
import { detailNames } from '../../src/profile/details.js';
import { missingIn, type ProfileContext } from './context.js';
import type { profile } from './machine.js';
import {
  expectsOf,
  firstFault,
  fitting,
  groupLines,
  keywordOf,
  labelOf,
  namesIn,
} from './words.js';

const language = 'en';

function howFar(context: ProfileContext): string {
  const missing = missingIn(context);
  return `Profile ${detailNames.length - missing.length} of ${detailNames.length}`;
}

export const en: Words<typeof profile> = {
  title: 'Profile',
  keywords: ['PROFILE'],
  screens: {
    notRegistered: {
      says: (_, { phone }) => `${phone} is not registered yet.`,
      options: { register: 'Register' },
    },
    overview: {
      says: (context) =>
        `${howFar(context)}. Missing: ${namesIn(missingIn(context), language, 50)}`,
      options: { fill: 'Fill what is missing', groups: 'See or change' },
    },
    complete: {
      says: (context, { phone }) =>
        `${howFar(context)}: complete.\n${phone}, member since ${kenyanDate(context.memberSince)}`,
      options: { groups: 'See or change' },
    },
    groups: {
      says: 'Choose a part:',
      options: groupLines(language),
    },
    group: {
      says: ({ group }) => groups[group][language],
      each: (detail, { shown }) => `${labelOf(detail, language)}: ${shown[detail] ?? 'missing'}`,
    },
    detail: {
      says: ({ detail, shown }) => `${labelOf(detail, language)}: ${shown[detail] ?? ''}`,
      options: { change: 'Change' },
    },
    question: {
      says: ({ detail }) => `${labelOf(detail, language)}?\nType ${expectsOf(detail, language)}`,
      options: { skip: 'Skip' },
    },
    list: {
      says: ({ detail }) => `${labelOf(detail, language)}? Number or first letters:`,
      options: { skip: 'Skip' },
    },
    doubt: {
      says: ({ pending }) => pending?.doubt?.[language] ?? '',
      options: { keep: 'Yes, keep it', again: 'No, type it again' },
    },
    identity: ({ detail }) =>
      `To change: ${labelOf(detail, language)}\nFirst type the national ID number that we have for you:`,
    notToday: 'The ID did not match three times. For your safety this cannot be changed today.',
    applied: (context) => {
      const { texted } = context;
      if (!texted) return howFar(context);
      const { changes, conflicts } = texted;
      const fault = firstFault(texted, language);
      const [next] = missingIn(context);
      return fitting(148, [
        changes.length > 0
          ? `Saved: ${namesIn(
              changes.map(({ detail }) => detail),
              language,
              40,
            )}.`
          : null,
        fault
          ? fault.label
            ? `Not saved: ${fault.label}: ${fault.expects}.`
            : 'Part was not understood.'
          : null,
        conflicts.length > 0 ? 'KNEC will check: also on another account.' : null,
        `${howFar(context)}.`,
        next ? `Next: PROFILE ${keywordOf(next, language)} ...` : null,
      ]);
    },
  },
  notes: {
    theRest: ({ texted }) =>
      [
        texted?.changes.length ? 'The rest is saved.' : '',
        texted?.faults.length ? 'Part was not right.' : '',
      ]
        .join(' ')
        .trim(),
    saved: 'Saved.',
    savedConflict: 'Saved. It is also on another account; KNEC will check.',
    complete: 'Your profile is complete. Thank you.',
    notRight: ({ fault }) => (fault ? `${fault[language]}.` : 'Not accepted. Try again.'),
    several: 'Which one?',
    wrongId: 'That is not the ID number that we have.',
  },
  messages: {},
};
