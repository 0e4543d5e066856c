import type { Knex } from 'knex';
import { type LoginOutcome, logIn } from '../../src/accounts/login.js';
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
