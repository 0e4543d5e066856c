import type { Knex } from 'knex';
import { deleteOldest } from '../database/delete-oldest.js';
import type { Phone } from '../phone-number.js';
import { useIssuedPassword } from './issued-passwords.js';
import { fittingHash } from './passwords.js';
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

/**
 * Checks a number and its password. A wrong password, an issued one that has expired and a number
 * without an account are all `wrong`, after the same time; so is an issued one of an account that has
 * been silent, for it went to whoever has the number now. The first issued one that is used ends all
 * others. From the fifth wrong try on, a number is answered more and more slowly; after the tenth,
 * not at all for a quarter of an hour.
 */
export async function logIn(
  deps: LoginDeps,
  { phone, password }: { phone: Phone; password: string },
): Promise<LoginOutcome> {
  const { tries, stoppedUntil } = await countTry(deps, phone);
  if (tries > TRIES && stoppedUntil) return { kind: 'stopped', until: stoppedUntil };
  const pauseMs = pauseBefore(tries);
  if (pauseMs > 0) await deps.pause(pauseMs);

  const { db } = deps;
  const at = deps.now();
  const account = await findHashes(db, phone, at);
  const hash = await fittingHash(account?.hashes ?? [], password);
  if (!account || hash === null) return { kind: 'wrong' };
  const { id, issued } = account;
  if (issued && isSilent(account, at)) return { kind: 'wrong' };
  if (issued && !(await useIssuedPassword(db, { phone, hash, at }))) return { kind: 'wrong' };

  await noteLogin(db, account, at);
  await db('login_failures').where({ phone }).delete();
  return { kind: 'in', accountId: id, mustChange: issued, passwordHash: hash };
}

type Checked = {
  readonly id: string;
  readonly heardAt: Date;
  readonly issued: boolean;
  readonly hashes: readonly string[];
};

/** What a password is checked against: the own one, or else the issued ones that work. In one query, whoever it is. */
async function findHashes(db: Knex, phone: Phone, at: Date): Promise<Checked | null> {
  const rows: { id: string; heard_at: Date; own: string | null; issued: string | null }[] =
    await db('accounts as a')
      .leftJoin('issued_passwords as i', (live) =>
        live.on('i.phone', 'a.phone').andOn('i.expires_at', '>', db.raw('?', [at])),
      )
      .where('a.phone', phone)
      .select('a.id', 'a.heard_at', 'a.password_hash as own', 'i.hash as issued');
  const [account] = rows;
  if (!account) return null;
  const { id, own, heard_at: heardAt } = account;
  if (own !== null) return { id, heardAt, issued: false, hashes: [own] };
  return { id, heardAt, issued: true, hashes: rows.flatMap(({ issued }) => issued ?? []) };
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
