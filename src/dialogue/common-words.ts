import { inEveryLanguage } from './languages.js';
import { translated } from './pack.js';

/** The words that all screens share. */
export type CommonWords = {
  readonly back: string;
  readonly home: string;
  readonly more: string;
  /** Above the same screen again, when an answer is none of its options. */
  readonly wrongChoice: string;
  /** When a dialogue cannot go on because the service has changed since. */
  readonly startAgain: string;
  /** When a request does not continue the call that we know. */
  readonly outOfStep: string;
  /** When a request continues a call that has ended. */
  readonly callOver: string;
  /** When a turn is not ready in time: it is taken all the same. */
  readonly late: string;
};

const en: CommonWords = {
  back: 'Back',
  home: 'Home',
  more: 'More',
  wrongChoice: 'Wrong choice. Try again.',
  startAgain: 'This service has just been updated. Please choose again.',
  outOfStep: 'Sorry, this call got out of step. Nothing was changed. Please dial again.',
  callOver: 'This call has ended. Please dial again.',
  late: 'This takes longer than usual. It goes on without you: an SMS will tell you of the result, or dial again in a few minutes.',
};

const sw: CommonWords = {
  back: 'Rudi',
  home: 'Mwanzo',
  more: 'Zaidi',
  wrongChoice: 'Chaguo si sahihi. Jaribu tena.',
  startAgain: 'Huduma imesasishwa sasa hivi. Tafadhali chagua tena.',
  outOfStep: 'Samahani, simu hii imekosa mpangilio. Hakuna kilichobadilika. Tafadhali piga tena.',
  callOver: 'Simu hii imekwisha. Tafadhali piga tena.',
  late: 'Hii inachukua muda kuliko kawaida. Ombi lako linaendelea: tutakujulisha kwa SMS, au piga tena baada ya dakika chache.',
};

export const commonWords = inEveryLanguage({ en, sw }, (pack) => translated(pack, 'common', en));
