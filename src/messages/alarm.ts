import { onceAMinute } from '../once-a-minute.js';
import type { MessageFailure } from './message.js';

/** Besides failures: the day's budget is used up, or all of it that is not kept for passwords. */
export type Trouble = MessageFailure | 'overBudget' | 'reserveOnly';

/** What is ours to cure, and until then every message has it. */
const alarming: Partial<Record<Trouble, string>> = {
  noCredit: 'the carrier sends no SMS: the account has no credit left',
  badCredentials: 'the carrier sends no SMS: it refuses the user name or the API key',
  invalidSender: 'the carrier sends no SMS: it does not know the sender id',
  unreadable: 'SMS are not sent: DATA_KEY is not the one that they were queued with',
  overBudget: 'no SMS is sent until tomorrow: the budget of the day is used up',
  reserveOnly:
    'only passwords are sent until tomorrow: four fifths of the budget of the day are used up',
};

/** Calls somebody for what will not pass by itself, once a minute and not for each message. */
export function createAlarm(
  log: { error(details: object, message: string): void },
  now: () => Date,
): (trouble: Trouble) => void {
  const mayRaise = onceAMinute(now);
  return (trouble) => {
    const message = alarming[trouble];
    if (message !== undefined && mayRaise(trouble) !== null) log.error({ trouble }, message);
  };
}
