import { createHash } from 'node:crypto';
import type { Knex } from 'knex';
import { deleteOldest } from '../database/delete-oldest.js';
import type { Transaction } from '../database/transaction.js';
import type { Language } from '../dialogue/languages.js';
import type { Phone } from '../phone-number.js';

const TOKEN_BYTES = 32;
const LIFE_MS = 8 * 60 * 60 * 1000;

/** A web session, with what every page of it needs to know about its account. */
export type Session = {
  readonly accountId: string;
  readonly phone: Phone;
  /** Of the password that it was opened with. */
  readonly passwordHash: string;
  /** The password was issued by SMS, and an own one is to be chosen before anything else. */
  readonly mustChange: boolean;
  readonly memberSince: Date;
  readonly language: Language | null;
  readonly tokenDigest: Buffer;
};

/**
 * Opens a session, for eight hours, and returns its token for the cookie. Only the token's SHA-256 is
 * kept: it is random, so nothing slower is needed. Null where the password that was checked has been
 * replaced meanwhile: what was replaced must not let anyone in.
 */
export async function openSession(
  trx: Transaction,
  { accountId, passwordHash }: { accountId: string; passwordHash: string },
  { at, randomBytes }: { at: Date; randomBytes: (count: number) => Buffer },
): Promise<string | null> {
  const token = randomBytes(TOKEN_BYTES).toString('base64url');
  // The lock waits for a replacement that is about to commit, or makes it wait and end this session.
  await trx('accounts').where({ id: accountId }).forShare().select('id');
  const { rows } = await trx.raw<{ rows: unknown[] }>(
    `insert into web_sessions (token_digest, account_id, started_at, expires_at)
     select :digest, a.id, :at, :expiresAt
     from accounts a left join issued_passwords i on i.phone = a.phone and i.used_at is not null
     where a.id = :accountId and coalesce(a.password_hash, i.hash) = :passwordHash
     returning account_id`,
    {
      ...{ digest: digestOf(token), at, accountId, passwordHash },
      expiresAt: new Date(at.getTime() + LIFE_MS),
    },
  );
  return rows.length > 0 ? token : null;
}

/** The live session of a cookie's token, or null. */
export async function findSession(db: Knex, token: string, at: Date): Promise<Session | null> {
  const tokenDigest = digestOf(token);
  const row: SessionRow | undefined = await db('web_sessions')
    .join('accounts', 'accounts.id', 'web_sessions.account_id')
    .join('callers', 'callers.phone', 'accounts.phone')
    .leftJoin('issued_passwords as used', (same) =>
      same.on('used.phone', 'accounts.phone').onNotNull('used.used_at'),
    )
    .where('web_sessions.token_digest', tokenDigest)
    .where('web_sessions.expires_at', '>', at)
    .first(
      'accounts.id',
      'accounts.phone',
      'accounts.password_hash as own_hash',
      'used.hash as issued_hash',
      'accounts.created_at',
      'callers.language',
    );
  if (!row) return null;
  return {
    accountId: row.id,
    phone: row.phone,
    passwordHash: row.own_hash ?? row.issued_hash ?? '',
    mustChange: row.own_hash === null,
    memberSince: row.created_at,
    language: row.language,
    tokenDigest,
  };
}

type SessionRow = {
  id: string;
  phone: Phone;
  own_hash: string | null;
  issued_hash: string | null;
  created_at: Date;
  language: Language | null;
};

/** Ends a session; one that has ended already is no error. */
export async function endSession(db: Knex, token: string): Promise<void> {
  await db('web_sessions')
    .where({ token_digest: digestOf(token) })
    .delete();
}

/** Deletes sessions whose time is up; until then they lie idle. Returns how many, a batch at most. */
export function deleteExpiredSessions(db: Knex, at: Date): Promise<number> {
  return deleteOldest(db, 'web_sessions', 'expires_at', (sessions) =>
    sessions.where('expires_at', '<=', at),
  );
}

function digestOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
