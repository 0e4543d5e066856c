import type { Screen } from '../channel.js';

// Seen before anybody's language is known, or when nothing else works: both languages, and within
// 160 septets together.

/** The request was not one that the carrier should send. */
export const unreadable: Screen = {
  text: 'Sorry, we could not read that. Please dial again.\nSamahani, hatukuweza kusoma hilo. Tafadhali piga tena.',
  ended: true,
};

/** The caller's number is not a Kenyan mobile number. */
export const unserved: Screen = {
  text: 'Sorry, only Kenyan mobile numbers can use this.\nSamahani, huduma hii ni ya nambari za simu za Kenya pekee.',
  ended: true,
};

/** Something failed on our side. */
export const apology: Screen = {
  text: 'Sorry, something went wrong. Please dial again later.\nSamahani, kuna hitilafu. Tafadhali piga tena baadaye.',
  ended: true,
};

/** The carrier has told that the call is over: hardly anybody sees it. */
export const goodbye: Screen = { text: 'Goodbye. Kwaheri.', ended: true };
