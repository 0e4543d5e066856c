import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { Phone } from '../phone-number.js';
import type { Seal } from '../seal.js';
import { hashApart } from './hashing.js';

/** OWASP's first recommendation for argon2id: 19 MiB, two passes, one lane. */
const ARGON2ID = {
  memoryCost: 19_456,
  timeCost: 2,
  parallelism: 1,
} as const;
const SALT_BYTES = 16;

/** A hash of random bytes that nobody kept, at the parameters of `hashPassword`: no password fits it. */
const NOBODYS_HASH =
  '$argon2id$v=19$m=19456,t=2,p=1$agLQNaFpoN/kPrYEgP/ENA$A4O9zRFQcAGX8bIzobOKp5nBjV8GQiREdpNg8XE5vL4';

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
 * The salt of all passwords that are issued to a number: several may work at once, and are checked
 * for the price of one. Keyed, so that nobody can hash ahead for the day on which they see the database.
 */
export function saltOf(seal: Pick<Seal, 'digest'>, phone: Phone): Buffer {
  return seal.digest('password.salt', phone).subarray(0, SALT_BYTES);
}

/**
 * The form in which a password is hashed and checked: an issued one works with or without the space
 * or a dash between its groups; anything else is taken as it is, in Unicode NFC.
 */
function canonical(password: string): string {
  const digits = password.trim().replace(/[\s-]/g, '');
  return /^\d{8}$/.test(digits) ? digits : password.normalize('NFC');
}

/**
 * Hashes with argon2id at OWASP's parameters; some tens of milliseconds.
 *
 * @param salt of an issued password the number's, see {@link saltOf}; of an own one nobody else's.
 */
export function hashPassword(
  password: string,
  salt: Buffer = randomBytes(SALT_BYTES),
): Promise<string> {
  return hashApart(canonical(password), { ...ARGON2ID, salt });
}

/**
 * Which of the hashes the password fits, or null. Takes the time of one hashing for all that share
 * their salt, and also where there is none.
 */
export async function fittingHash(
  hashes: readonly string[],
  password: string,
): Promise<string | null> {
  let fitting: string | null = null;
  const ways = new Set((hashes.length > 0 ? hashes : [NOBODYS_HASH]).map(wayOf));
  for (const way of ways) {
    const hashed = Buffer.from(await hashAgain(way, password));
    for (const hash of hashes) {
      const stored = Buffer.from(hash);
      if (stored.length === hashed.length && timingSafeEqual(stored, hashed)) fitting = hash;
    }
  }
  return fitting;
}

/** What of a hash tells how it was made: all but its last part. */
function wayOf(hash: string): string {
  return hash.slice(0, hash.lastIndexOf('$'));
}

function hashAgain(way: string, password: string): Promise<string> {
  const [, m, t, p, salt] = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([^$]+)$/.exec(way) ?? [];
  if (salt === undefined) return Promise.resolve('');
  return hashApart(canonical(password), {
    memoryCost: Number(m),
    timeCost: Number(t),
    parallelism: Number(p),
    salt: Buffer.from(salt, 'base64'),
  });
}
