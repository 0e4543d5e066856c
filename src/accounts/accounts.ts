import type { Knex } from 'knex';
import type { Transaction } from '../database/transaction.js';
import type { Phone } from '../phone-number.js';
import type { Channel } from '../sessions.js';

export type Account = {
  readonly id: string;
  readonly phone: Phone;
  readonly passwordHash: string;
  /** `issued`: sent by SMS, to be replaced at the first login; `own`: chosen by the person. */
  readonly passwordKind: 'issued' | 'own';
  /** When an issued password stops working; null for an own one. */
  readonly passwordExpiresAt: Date | null;
  readonly createdAt: Date;
  /** When its holder was last heard, to the day. */
  readonly heardAt: Date;
};

/** An issued password lies in an SMS inbox, so it works for three days only. */
export const ISSUED_PASSWORD_LIFE_MS = 72 * 60 * 60 * 1000;

type AccountRow = {
  id: string;
  phone: Phone;
  password_hash: string;
  password_kind: 'issued' | 'own';
  password_expires_at: Date | null;
  created_at: Date;
  heard_at: Date;
};

/** The account of a number, or null. */
export async function findAccount(db: Knex, phone: Phone): Promise<Account | null> {
  const row = await db<AccountRow>('accounts').where({ phone }).first();
  if (!row) return null;
  return {
    id: row.id,
    phone: row.phone,
    passwordHash: row.password_hash,
    passwordKind: row.password_kind,
    passwordExpiresAt: row.password_expires_at,
    createdAt: row.created_at,
    heardAt: row.heard_at,
  };
}

/** Opens an account with an issued password. A number that has one already is a unique violation. */
export async function createAccount(
  trx: Transaction,
  account: { phone: Phone; passwordHash: string; via: Channel; at: Date },
): Promise<void> {
  await trx('accounts').insert({
    phone: account.phone,
    password_hash: account.passwordHash,
    ...issued(account.at),
    created_at: account.at,
    heard_at: account.at,
    created_via: account.via,
  });
}

/** Puts an issued password in place of the present one and ends every web session of the account. */
export async function replacePassword(
  trx: Transaction,
  { phone, passwordHash, at }: { phone: Phone; passwordHash: string; at: Date },
): Promise<void> {
  await trx('accounts')
    .where({ phone })
    .update({ password_hash: passwordHash, ...issued(at) });
  await endWebSessions(trx, phone);
}

/** The person's own password in place of the present one; every web session ends, the caller opens a new one. */
export async function setOwnPassword(
  trx: Transaction,
  { phone, passwordHash, at }: { phone: Phone; passwordHash: string; at: Date },
): Promise<void> {
  await trx('accounts').where({ phone }).update({
    password_hash: passwordHash,
    password_kind: 'own',
    password_set_at: at,
    password_expires_at: null,
  });
  await endWebSessions(trx, phone);
}

/** No password opens the account any more, and every web session of it ends. */
export async function voidPasswords(
  trx: Transaction,
  { accountId, at }: { accountId: string; at: Date },
): Promise<void> {
  await trx('accounts')
    .where({ id: accountId })
    .update({ password_kind: 'issued', password_expires_at: at });
  await trx('web_sessions').where({ account_id: accountId }).delete();
}

function issued(at: Date) {
  return {
    password_kind: 'issued',
    password_set_at: at,
    password_expires_at: new Date(at.getTime() + ISSUED_PASSWORD_LIFE_MS),
  };
}

async function endWebSessions(trx: Transaction, phone: Phone): Promise<void> {
  await trx('web_sessions')
    .whereIn('account_id', trx('accounts').select('id').where({ phone }))
    .delete();
}
