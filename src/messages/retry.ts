import { ISSUED_PASSWORD_LIFE_MS } from '../accounts/issued-passwords.js';
import { sendFailures } from '../channels/channel.js';
import type { Carries, Message, MessageFailure } from './message.js';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

/**
 * How long it makes sense to send it: as long as an issued password works; an answer gets stale; a
 * notice has not lost its worth to somebody whose phone was off for a weekend.
 */
const lifetimeMs = {
  password: ISSUED_PASSWORD_LIFE_MS,
  reply: 24 * HOUR_MS,
  notice: 72 * HOUR_MS,
} satisfies Record<Carries, number>;

const FIRST_WAIT_MS = 5 * SECOND_MS;
const LONGEST_WAIT_MS = 15 * MINUTE_MS;
const JITTER = 0.2;

/**
 * Milliseconds to wait after the nth attempt: 5 s, 15 s, 45 s and so on up to 15 min, each a fifth
 * shorter or longer by chance, so that what failed together does not come back together.
 *
 * @param random from 0 to 1.
 */
export function waitAfter(attempts: number, random: number): number {
  const wait = Math.min(FIRST_WAIT_MS * 3 ** (attempts - 1), LONGEST_WAIT_MS);
  return Math.round(wait * (1 - JITTER + 2 * JITTER * random));
}

/** Whether it is too late to send the message at all. */
export function isStale(message: Pick<Message, 'carries' | 'createdAt'>, at: Date): boolean {
  return at.getTime() >= message.createdAt.getTime() + lifetimeMs[message.carries];
}

/** Whether the failure may pass. */
export function isWorthRetrying(failure: MessageFailure): boolean {
  if (failure === 'unreadable') return true;
  return failure in sendFailures && sendFailures[failure as keyof typeof sendFailures].retryable;
}

/** When to send a message again that has failed just now, or null to give it up. */
export function nextAttemptAt(
  message: Message,
  { failure, at, random }: { failure: MessageFailure; at: Date; random: number },
): Date | null {
  if (!isWorthRetrying(failure)) return null;
  const next = new Date(at.getTime() + waitAfter(message.attempts, random));
  return isStale(message, next) ? null : next;
}
