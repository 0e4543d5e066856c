import type { Knex } from 'knex';
import { deleteOldest } from '../database/delete-oldest.js';
import type { Phone } from '../phone-number.js';
import { type Account, findAccount } from './accounts.js';
import { verifyPassword } from './passwords.js';
import { isSilent, noteLogin } from './silence.js';

export type LoginDeps = {
  readonly db: Knex;
  readonly now: () => Date;
  /** Waits so many milliseconds. */
  readonly pause: (ms: number) => Promise<void>;
};

export type LoginOutcome =
  | {
      readonly kind: 'in';
      readonly accountId: string;
      /** The password was issued by SMS: its holder has to choose an own one first. */
      readonly mustChange: boolean;
      /** What the password was checked against: a session opens only while it is still that. */
      readonly passwordHash: string;
    }
  | { readonly kind: 'wrong' }
  | { readonly kind: 'stopped'; readonly until: Date };

/** So many tries of a number are answered at once … */
const QUICK_TRIES = 4;
/** … and so many in all, before it stops. */
const TRIES = 10;
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 2_000;
const STOP_MS = 15 * 60 * 1000;
/** A number that nobody has mistyped for so long begins anew. */
export const FORGET_FAILURES_AFTER_MS = 24 * 60 * 60 * 1000;

/** A hash of random bytes that nobody kept, at the parameters of `hashPassword`: no password fits it. */
const NOBODYS_HASH =
  '$argon2id$v=19$m=19456,t=2,p=1$agLQNaFpoN/kPrYEgP/ENA$A4O9zRFQcAGX8bIzobOKp5nBjV8GQiREdpNg8XE5vL4';

/**
 * Checks a number and its password. A wrong password, an issued one that has expired and a number
 * without an account are all `wrong`, after the same time; so is an issued one of an account that has
 * been silent, for it went to whoever has the number now. From the fifth wrong try on, a number is
 * answered more and more slowly; after the tenth, not at all for a quarter of an hour.
 */
export async function logIn(
  deps: LoginDeps,
  { phone, password }: { phone: Phone; password: string },
): Promise<LoginOutcome> {
  const { tries, stoppedUntil } = await countTry(deps, phone);
  if (tries > TRIES && stoppedUntil) return { kind: 'stopped', until: stoppedUntil };
  const pauseMs = pauseBefore(tries);
  if (pauseMs > 0) await deps.pause(pauseMs);

  const account = await findAccount(deps.db, phone);
  const fits = await verifyPassword(account?.passwordHash ?? NOBODYS_HASH, password);
  const at = deps.now();
  if (!account || !fits || !opens(account, at)) return { kind: 'wrong' };

  await noteLogin(deps.db, account, at);
  await deps.db('login_failures').where({ phone }).delete();
  return {
    kind: 'in',
    accountId: account.id,
    mustChange: account.passwordKind === 'issued',
    passwordHash: account.passwordHash,
  };
}

/** Whether the account's password is one to log in with, if it is the right one. */
function opens(account: Account, at: Date): boolean {
  if (account.passwordExpiresAt === null) return true;
  return account.passwordExpiresAt > at && !isSilent(account, at);
}

/** How long the answer to a number's nth try is held back, in milliseconds. */
export function pauseBefore(nthTry: number): number {
  const slowTries = nthTry - QUICK_TRIES;
  if (slowTries <= 0) return 0;
  return Math.min(FIRST_PAUSE_MS * 2 ** (slowTries - 1), LONGEST_PAUSE_MS);
}

/**
 * Counts a try as a failure before the password is looked at, in one statement: however many tries
 * come at once, at however many processes, no more than ten of them are verified. The tenth starts
 * the stop. Tries during the stop leave the count at one more than the tenth, and the stop as it is.
 */
async function countTry(
  { db, now }: LoginDeps,
  phone: Phone,
): Promise<{ tries: number; stoppedUntil: Date | null }> {
  const at = now();
  const { rows } = await db.raw<{ rows: { failures: number; stopped_until: Date | null }[] }>(
    `insert into login_failures as known (phone, failures, last_at) values (:phone, 1, :at)
     on conflict (phone) do update set
       failures = case
         when known.stopped_until > :at then :tries + 1
         when known.stopped_until is not null or known.last_at <= :forgottenAt then 1
         else known.failures + 1
       end,
       stopped_until = case
         when known.stopped_until > :at then known.stopped_until
         when known.stopped_until is null and known.last_at > :forgottenAt
           and known.failures + 1 >= :tries then :stopUntil::timestamptz
       end,
       last_at = greatest(known.last_at, :at)
     returning failures, stopped_until`,
    {
      phone,
      at,
      tries: TRIES,
      forgottenAt: new Date(at.getTime() - FORGET_FAILURES_AFTER_MS),
      stopUntil: new Date(at.getTime() + STOP_MS),
    },
  );
  const counted = rows[0];
  if (!counted) throw new Error('The try of a login was not counted.');
  return { tries: counted.failures, stoppedUntil: counted.stopped_until };
}

/**
 * Deletes what no longer counts, so that numbers that somebody once mistyped are not kept. Returns how
 * many, a batch at most.
 */
export function forgetOldFailures(db: Knex, at: Date): Promise<number> {
  return deleteOldest(db, 'login_failures', 'last_at', (failures) =>
    failures
      .where('last_at', '<=', new Date(at.getTime() - FORGET_FAILURES_AFTER_MS))
      .where((stop) => stop.whereNull('stopped_until').orWhere('stopped_until', '<=', at)),
  );
}
