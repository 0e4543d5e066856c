import argon2 from 'argon2';
import { hashingLane } from './hashing-lane.js';

/** OWASP's first recommendation for argon2id: 19 MiB, two passes, one lane. */
const ARGON2ID = {
  type: argon2.argon2id,
  memoryCost: 19_456,
  timeCost: 2,
  parallelism: 1,
} as const;

/** An integer from 0 up to but not including `below`, uniformly: `crypto.randomInt` in service. */
export type RandomInt = (below: number) => number;

/**
 * A new password to send by SMS: eight digits in two groups, `4821 9035`, for it is read out and
 * typed on keypads. Some 26 bits: enough with the limit on wrong tries and three days of life.
 */
export function generatePassword(randomInt: RandomInt): string {
  const group = () => String(randomInt(10_000)).padStart(4, '0');
  return `${group()} ${group()}`;
}

/**
 * The form in which a password is hashed and checked: an issued one works with or without the space
 * or a dash between its groups; anything else is taken as it is, in Unicode NFC.
 */
function canonical(password: string): string {
  const digits = password.trim().replace(/[\s-]/g, '');
  return /^\d{8}$/.test(digits) ? digits : password.normalize('NFC');
}

/** Hashes with argon2id at OWASP's parameters; some tens of milliseconds on the thread pool. */
export function hashPassword(password: string): Promise<string> {
  return hashingLane(() => argon2.hash(canonical(password), ARGON2ID));
}

/** Whether the password fits the hash. Takes the same time either way. */
export function verifyPassword(hash: string, password: string): Promise<boolean> {
  return hashingLane(() => argon2.verify(hash, canonical(password)));
}
