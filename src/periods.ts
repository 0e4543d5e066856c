import { FORGET_FAILURES_AFTER_MS } from './accounts/login.js';
import { UNCONFIRMED_MS } from './sms-identities.js';
import { OPEN_LIFE_MS } from './turns/load.js';

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * How long what is kept of people is kept, in milliseconds. Accounts, their profiles and their changes
 * stay until their holder closes them. docs/decisions/0019-what-callers-do.md says why.
 */
export const periods = {
  /**
   * Calls and their turns: a season of examinations, in which people ask what has happened and faults are
   * looked into. Exactly-once needs them for hours only.
   */
  calls: 90 * DAY_MS,
  /** SMS, whose texts go much earlier: as calls, for what was sent belongs to what was said. */
  messages: 90 * DAY_MS,
  /** Delivery reports that no message has been found for: they are about none of ours. */
  earlyReports: 7 * DAY_MS,
  /** Wrong passwords by number, also of numbers that somebody has mistyped. */
  loginFailures: FORGET_FAILURES_AFTER_MS,
  /** Wrong IDs count by the day in Kenya. */
  identityFailures: DAY_MS,
  /** Inbound SMS that a carrier may repeat. */
  unconfirmedSms: UNCONFIRMED_MS,
  /** What was left open can be gone on with until then. */
  openDialogues: OPEN_LIFE_MS,
  /** Who has read what others did: as long as a claim can be brought that arises from it. */
  readings: 3 * 365 * DAY_MS,
} as const;
