import type { Words } from '../../src/dialogue/words.js';
import type { profile } from './machine.js';

export const sw: Words<typeof profile> = {
  title: 'Wasifu',
  keywords: ['WASIFU'],
  screens: {
    notRegistered: {
      says: '{phone} bado haijasajiliwa.',
      options: { register: 'Jisajili' },
    },
    overview: {
      says: '{howFar}. Bado: {missing}',
      options: { fill: 'Jaza yanayokosekana', groups: 'Ona au badilisha' },
    },
    complete: {
      says: '{howFar}: umekamilika.\n{phone}, tangu {since}',
      options: { groups: 'Ona au badilisha' },
    },
    groups: {
      says: 'Chagua sehemu:',
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
      options: { change: 'Badilisha' },
    },
    question: {
      says: '{detail}?\nAndika {expects}',
      options: { skip: 'Ruka' },
    },
    list: {
      says: '{detail}? Nambari au herufi za kwanza:',
      options: { skip: 'Ruka' },
    },
    doubt: {
      says: '{doubt}',
      options: { keep: 'Ndiyo, iache', again: 'Hapana' },
    },
    identity: 'Kubadilisha: {waiting}\nKwanza andika nambari ya kitambulisho tuliyo nayo:',
    notToday: 'Kitambulisho hakikulingana mara tatu. Kwa usalama wako, haiwezi kubadilishwa leo.',
    applied: '{report}',
  },
  notes: {
    comesFirst: 'Hii hutangulia:',
    theRest: '{theRest}',
    saved: '{kept} {again}',
    savedConflict: 'Imehifadhiwa. Iko pia kwa akaunti nyingine; KNEC itakagua. {again}',
    complete: 'Wasifu wako umekamilika. Asante.',
    overtaken: 'Ilibadilishwa kwingine. Haikuhifadhiwa.',
    notRight: '{refusal}',
    several: 'Ipi kati ya hizi?',
    oneOf: '{theRest} Ipi kati ya hizi?',
    wrongId: 'Hiyo siyo nambari tuliyo nayo.',
  },
  messages: {},
  phrases: {
    howFar: 'Wasifu {filled} kati ya {all}',
    missing: 'bado',
    saved: 'Imehifadhiwa: {kept}.',
    again: 'Toa tena: {details}.',
    savedOne: 'Imehifadhiwa.',
    notSaved: 'Haikuhifadhiwa: {detail}: {expects}.',
    alsoNotSaved: 'Pia haikuhifadhiwa: {details}.',
    or: '{others} au {last}',
    notUnderstood: 'Sehemu haikueleweka.',
    commas: 'Maelezo kadhaa? Weka koma kati yake.',
    conflict: 'KNEC itakagua: iko pia kwa akaunti nyingine.',
    next: 'Inayofuata: WASIFU {keyword} ...',
    restSaved: 'Mengine yamehifadhiwa.',
    partWrong: 'Sehemu si sahihi.',
    notAccepted: 'Haikukubaliwa. Jaribu tena.',
  },
};
