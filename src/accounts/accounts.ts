import type { Knex } from 'knex';
import { runStatement, type Statement } from '../database/statement.js';
import type { Transaction } from '../database/transaction.js';
import type { Phone } from '../phone-number.js';
import type { Channel } from '../sessions.js';
import {
  endIssuedPasswords,
  endKnownPasswords,
  ISSUING,
  issuePassword,
  issueValues,
} from './issued-passwords.js';

export type Account = {
  readonly id: string;
  readonly phone: Phone;
  /** Whether the person has chosen one; otherwise there is none but what was issued by SMS. */
  readonly hasOwnPassword: boolean;
  readonly createdAt: Date;
  /** When its holder was last heard, to the day. */
  readonly heardAt: Date;
};

type AccountRow = {
  id: string;
  phone: Phone;
  password_hash: string | null;
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
    hasOwnPassword: row.password_hash !== null,
    createdAt: row.created_at,
    heardAt: row.heard_at,
  };
}

const OPEN: Statement = {
  name: 'open-account',
  text: `
    with account as (
      insert into accounts (phone, password_set_at, created_at, heard_at, created_via)
      values (:phone, :at, :at, :at, :via)
    ), ${ISSUING}
    select`,
};

/** Opens an account with an issued password. A number that has one already is a unique violation. */
export async function createAccount(
  trx: Transaction,
  account: { phone: Phone; passwordHash: string; via: Channel; at: Date },
): Promise<void> {
  await runStatement(trx, OPEN, { ...issueValues(account), via: account.via });
}

/**
 * The person asks for another password: ends the own one, every web session of the account and the
 * issued ones that somebody may have, and issues this one. See `endKnownPasswords`.
 */
export async function replacePassword(
  trx: Transaction,
  issued: { phone: Phone; passwordHash: string; at: Date },
): Promise<void> {
  const { phone, at } = issued;
  await trx('accounts').where({ phone }).update({ password_hash: null, password_set_at: at });
  await endKnownPasswords(trx, issued);
  await issuePassword(trx, issued);
  await endWebSessions(trx, phone);
}

/** The person's own password in place of any other; every web session ends, the caller opens a new one. */
export async function setOwnPassword(
  trx: Transaction,
  { phone, passwordHash, at }: { phone: Phone; passwordHash: string; at: Date },
): Promise<void> {
  await trx('accounts')
    .where({ phone })
    .update({ password_hash: passwordHash, password_set_at: at });
  await endIssuedPasswords(trx, { phone, at });
  await endWebSessions(trx, phone);
}

/** No password opens the account any more, and every web session of it ends. */
export async function voidPasswords(
  trx: Transaction,
  { accountId, at }: { accountId: string; at: Date },
): Promise<void> {
  const [account]: { phone: Phone | null }[] = await trx('accounts')
    .where({ id: accountId })
    .update({ password_hash: null })
    .returning('phone');
  // One that was set aside has no number, and none that was issued either.
  if (account?.phone) await endIssuedPasswords(trx, { phone: account.phone, at });
  await trx('web_sessions').where({ account_id: accountId }).delete();
}

async function endWebSessions(trx: Transaction, phone: Phone): Promise<void> {
  await trx('web_sessions')
    .whereIn('account_id', trx('accounts').select('id').where({ phone }))
    .delete();
}
