/**
 * What the sender of a request is told that cannot be taken. It leaves no trace, so nothing says in which
 * language another copy of it was answered, and a caller may have chosen another since: both
 * languages, as where nobody's is known, and within 156 septets together.
 */
export const refusals = {
  /** It does not continue the call that we know. */
  outOfStep:
    'Sorry, this call got out of step. Nothing was changed. Please dial again.\n' +
    'Samahani, simu imekosa mpangilio. Hakuna kilichobadilika. Tafadhali piga tena.',
  /** It continues a call that has ended. */
  callOver: 'This call has ended. Please dial again.\nSimu hii imekwisha. Tafadhali piga tena.',
} as const;

/**
 * What a caller is told whose request could not be looked at in time: who it is in which language, and
 * whether it will be taken, nobody can say.
 */
export const notLookedAt =
  'Sorry, this takes too long. Please dial again later.\n' +
  'Samahani, hii inachukua muda mrefu. Tafadhali piga tena baadaye.';

export type Refusal = keyof typeof refusals;
