import type { DeliveryFailure } from '../channel.js';

/** What a delivery report says, without saying of which message. Null: nothing that we know. */
export type DeliveryNews =
  | { readonly state: 'sent' | 'delivered' }
  | { readonly state: 'failed'; readonly failure: DeliveryFailure }
  | null;

const onTheWay = new Set(['sent', 'submitted', 'buffered']);

const failures = new Map<string, DeliveryFailure>([
  ['failed', 'rejected'],
  ['rejected', 'rejected'],
  ['expired', 'expired'],
  ['absentsubscriber', 'phoneOff'],
  ['usernotreachable', 'phoneOff'],
  ['userinblacklist', 'blocked'],
  ['donotdisturbrejection', 'blocked'],
]);

/**
 * Reads the `status` and `failureReason` of a delivery report. Letter case does not count (the
 * documentation writes UserInBlackList, the wire also UserInBlacklist), a reason says more than a
 * status, and a reason that we do not know leaves the status standing. Both lists are open: an
 * unknown status is no news.
 */
export function readDeliveryWords(status: string, reason: string): DeliveryNews {
  const word = status.trim().toLowerCase();
  if (onTheWay.has(word)) return { state: 'sent' };
  if (word === 'success') return { state: 'delivered' };
  const failure = failures.get(word);
  if (failure === undefined) return null;
  return { state: 'failed', failure: failures.get(reason.trim().toLowerCase()) ?? failure };
}
