import type { DeliveryFailure } from '../channel.js';

/** What a delivery report says, without saying of which message. */
export type DeliveryNews =
  | { readonly state: 'sent' | 'delivered' }
  | { readonly state: 'failed'; readonly failure: DeliveryFailure };

export type DeliveryWords = {
  /** Null: nothing that we know. */
  readonly news: DeliveryNews | null;
  /** The words that we do not know, for somebody to look at. */
  readonly unknown: readonly string[];
};

const onTheWay = new Set(['sent', 'submitted', 'buffered']);

/** The first group are statuses, and may be reasons too; the rest are reasons. */
const failures = new Map<string, DeliveryFailure>([
  ['failed', 'rejected'],
  ['rejected', 'rejected'],
  ['expired', 'expired'],
  ['absentsubscriber', 'phoneOff'],

  ['userinblacklist', 'blocked'],
  ['donotdisturbrejection', 'blocked'],
  ['usernotreachable', 'phoneOff'],
  ['memoryfull', 'inboxFull'],
  ['inboxfull', 'inboxFull'],
  ['memorycapacityexceeded', 'inboxFull'],
  ['subscribermemoryexceeded', 'inboxFull'],
  ['deliveryfailure', 'rejected'],
  ['insufficientcredit', 'rejected'],
  ['invalidlinkid', 'rejected'],
  ['notnetworksubscriber', 'rejected'],
  ['useraccountsuspended', 'rejected'],
  ['userdoesnotexist', 'rejected'],
  ['userisinactive', 'rejected'],
  ['usernotsubscribedtoproduct', 'rejected'],
]);

/**
 * Reads the `status` and `failureReason` of a delivery report. Letter case, spaces and dashes do not
 * count (the documentation writes UserInBlackList, the wire also UserInBlacklist), a reason says more
 * than a status, and a reason that we do not know leaves the status standing. Both lists are open: an
 * unknown status is no news.
 */
export function readDeliveryWords(status: string, reason: string): DeliveryWords {
  const word = plain(status);
  const because = plain(reason);
  const unknown = because === '' || failures.has(because) ? [] : [reason];
  if (onTheWay.has(word)) return { news: { state: 'sent' }, unknown };
  if (word === 'success') return { news: { state: 'delivered' }, unknown };
  const failure = failures.get(word);
  if (failure === undefined) return { news: null, unknown: [status, ...unknown] };
  return { news: { state: 'failed', failure: failures.get(because) ?? failure }, unknown };
}

function plain(word: string): string {
  return word.toLowerCase().replace(/[\s_-]/g, '');
}
