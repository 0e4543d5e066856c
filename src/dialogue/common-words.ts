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
  /** When a turn is not ready in time: it is taken all the same. */
  readonly late: string;
};

const en: CommonWords = {
  back: 'Back',
  home: 'Home',
  more: 'More',
  wrongChoice: 'Wrong choice. Try again.',
  startAgain: 'This service has just been updated. Please choose again.',
  late: 'This takes longer than usual. It goes on without you: an SMS will tell you of the result, or dial again in a few minutes.',
};

const sw: CommonWords = {
  back: 'Rudi',
  home: 'Mwanzo',
  more: 'Zaidi',
  wrongChoice: 'Chaguo si sahihi. Jaribu tena.',
  startAgain: 'Huduma imesasishwa sasa hivi. Tafadhali chagua tena.',
  late: 'Hii inachukua muda kuliko kawaida. Ombi lako linaendelea: tutakujulisha kwa SMS, au piga tena baada ya dakika chache.',
};

export const commonWords = inEveryLanguage({ en, sw }, (pack) => translated(pack, 'common', en));
