import type { Words } from '../../src/dialogue/words.js';
import type { home } from './machine.js';

export const sw: Words<typeof home> = {
  title: 'Mwanzo',
  keywords: [],
  screens: {
    welcome: {
      says: 'KNEC CP2: wataalamu wa mkataba',
      each: '{offer}',
    },
    menu: {
      says: 'KNEC CP2',
      each: '{offer}',
    },
    unfinished: {
      says: 'Simu yako iliyopita ilikatika katikati ya: {unfinished}. Yaliyohifadhiwa bado yapo.',
      options: { goOn: 'Endelea pale pale', menu: 'Menyu' },
    },
    silent: {
      says: '{phone} ilikuwa kimya miezi 6. Ni yako? Andika nambari ya kitambulisho:',
      options: {
        new: 'Ni mpya kwangu',
        language: '{title.language}',
      },
    },
    notToday:
      'Kitambulisho hakikulingana mara tatu. Kwa usalama wako, jaribu tena kesho. Nambari ni mpya kwako? Piga tena useme hivyo.',
    forgotten: {
      says: '{phone} ilikuwa kimya miezi 6. Kwa usalama wako, isajili tena.',
      options: {
        register: '{title.registration}',
        language: '{title.language}',
      },
    },
    undelivered: {
      says: '{undelivered}',
      options: { sendAgain: 'Nitumie nyingine', menu: 'Endelea' },
    },
  },
  notes: { wrongId: 'Si kitambulisho tulicho nacho.' },
  messages: {},
  phrases: {
    blocked:
      'SMS ya nenosiri imekataliwa, laini inazuia matangazo. Piga *456*9*5*5*1# (Safaricom):',
    phoneOff: 'SMS ya nenosiri haikufika: simu ilikuwa imezimwa au imejaa SMS.',
    inboxFull:
      'SMS ya nenosiri haikufika: kisanduku cha SMS cha simu hii kimejaa. Futa baadhi, kisha:',
    other: 'SMS ya nenosiri haikuweza kufika.',
    noNews: 'Hatuna taarifa kwamba SMS ya nenosiri lako ilifika.',
  },
};
