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

const language = 'sw';

function howFar(context: ProfileContext): string {
  const missing = missingIn(context);
  return `Wasifu ${detailNames.length - missing.length} kati ya ${detailNames.length}`;
}

export const sw: Words<typeof profile> = {
  title: 'Wasifu',
  keywords: ['WASIFU'],
  screens: {
    notRegistered: {
      says: (_, { phone }) => `${phone} bado haijasajiliwa.`,
      options: { register: 'Jisajili' },
    },
    overview: {
      says: (context) => `${howFar(context)}. Bado: ${namesIn(missingIn(context), language, 40)}`,
      options: { fill: 'Jaza yanayokosekana', groups: 'Ona au badilisha' },
    },
    complete: {
      says: (context, { phone }) =>
        `${howFar(context)}: umekamilika.\n${phone}, mwanachama tangu ${kenyanDate(context.memberSince)}`,
      options: { groups: 'Ona au badilisha' },
    },
    groups: {
      says: 'Chagua sehemu:',
      options: groupLines(language),
    },
    group: {
      says: ({ group }) => groups[group][language],
      each: (detail, { shown }) => `${labelOf(detail, language)}: ${shown[detail] ?? 'bado'}`,
    },
    detail: {
      says: ({ detail, shown }) => `${labelOf(detail, language)}: ${shown[detail] ?? ''}`,
      options: { change: 'Badilisha' },
    },
    question: {
      says: ({ detail }) => `${labelOf(detail, language)}?\nAndika ${expectsOf(detail, language)}`,
      options: { skip: 'Ruka' },
    },
    list: {
      says: ({ detail }) => `${labelOf(detail, language)}? Nambari au herufi za kwanza:`,
      options: { skip: 'Ruka' },
    },
    doubt: {
      says: ({ pending }) => pending?.doubt?.[language] ?? '',
      options: { keep: 'Ndiyo, iache', again: 'Hapana' },
    },
    identity: ({ detail }) =>
      `Kubadilisha: ${labelOf(detail, language)}\nKwanza andika nambari ya kitambulisho tuliyo nayo:`,
    notToday: 'Kitambulisho hakikulingana mara tatu. Kwa usalama wako, haiwezi kubadilishwa leo.',
    applied: (context) => {
      const { texted } = context;
      if (!texted) return howFar(context);
      const { changes, conflicts } = texted;
      const fault = firstFault(texted, language);
      const [next] = missingIn(context);
      return fitting(148, [
        changes.length > 0
          ? `Imehifadhiwa: ${namesIn(
              changes.map(({ detail }) => detail),
              language,
              40,
            )}.`
          : null,
        fault
          ? fault.label
            ? `Haikuhifadhiwa: ${fault.label}: ${fault.expects}.`
            : 'Sehemu haikueleweka.'
          : null,
        conflicts.length > 0 ? 'KNEC itakagua: iko pia kwa akaunti nyingine.' : null,
        `${howFar(context)}.`,
        next ? `Inayofuata: WASIFU ${keywordOf(next, language)} ...` : null,
      ]);
    },
  },
  notes: {
    theRest: ({ texted }) =>
      [
        texted?.changes.length ? 'Mengine yamehifadhiwa.' : '',
        texted?.faults.length ? 'Sehemu si sahihi.' : '',
      ]
        .join(' ')
        .trim(),
    saved: 'Imehifadhiwa.',
    savedConflict: 'Imehifadhiwa. Iko pia kwa akaunti nyingine; KNEC itakagua.',
    complete: 'Wasifu wako umekamilika. Asante.',
    notRight: ({ fault }) => (fault ? `${fault[language]}.` : 'Haikukubaliwa. Jaribu tena.'),
    several: 'Ipi kati ya hizi?',
    wrongId: 'Hiyo siyo nambari ya kitambulisho tuliyo nayo.',
  },
  messages: {},
};
