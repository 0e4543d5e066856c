import type { MessageFailure } from './message.js';

const EVERY_MS = 60_000;

/** Failures that are ours to cure, and until then every message has them. */
const alarming: Partial<Record<MessageFailure, string>> = {
  noCredit: 'the carrier sends no SMS: the account has no credit left',
  badCredentials: 'the carrier sends no SMS: it refuses the user name or the API key',
  invalidSender: 'the carrier sends no SMS: it does not know the sender id',
  unreadable: 'SMS are not sent: DATA_KEY is not the one that they were queued with',
};

/** Calls somebody for a failure that will not pass by itself, once a minute and not for each message. */
export function createAlarm(
  log: { error(details: object, message: string): void },
  now: () => Date,
): (failure: MessageFailure) => void {
  const raisedAt = new Map<MessageFailure, number>();
  return (failure) => {
    const message = alarming[failure];
    if (message === undefined) return;
    const at = now().getTime();
    if (at - (raisedAt.get(failure) ?? Number.NEGATIVE_INFINITY) < EVERY_MS) return;
    raisedAt.set(failure, at);
    log.error({ failure }, message);
  };
}
