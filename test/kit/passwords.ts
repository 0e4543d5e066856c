import type { Knex } from 'knex';
import { hashingNow } from '../../src/accounts/hashing.js';
import { type LoginOutcome, logIn } from '../../src/accounts/login.js';
import { hashPassword } from '../../src/accounts/passwords.js';
import { readPhone } from '../../src/phone-number.js';

const ISSUED = /\b\d{4} \d{4}\b/;

/** The password in an SMS, as it stands there: `4821 9035`. */
export function passwordIn(sms: string): string {
  const password = ISSUED.exec(sms)?.[0];
  if (!password) throw new Error(`there is no password in: ${sms}`);
  return password;
}

/** What the login says to a number and a password. Nobody is held up. */
export async function loginWith(
  db: Knex,
  number: string,
  password: string,
  now: () => Date = () => new Date(),
): Promise<LoginOutcome['kind']> {
  const phone = readPhone(number);
  if (!phone) throw new Error(`not a number: ${number}`);
  const { kind } = await logIn({ db, now, pause: async () => {} }, { phone, password });
  return kind;
}

/**
 * As on a machine where others never rest: the process that hashes stands still, and what is asked of it
 * from now on is done in a second or two, by the one that takes its place.
 */
export async function starveHashing(): Promise<void> {
  const last = hashPassword('of the process there was');
  process.kill(hashingNow().pid ?? 0, 'SIGKILL');
  await last.catch(() => {});
  hashPassword('of the next one').catch(() => {});
  process.kill(hashingNow().pid ?? 0, 'SIGSTOP');
}
