import type { Knex } from 'knex';
import type { Transaction } from '../database/transaction.js';
import type { Phone } from '../phone-number.js';
import type { Seal } from '../seal.js';
import { type DetailName, detailOf, isDetailName } from './details.js';

/** What is known of a person, opened; list details hold the item's key or, where typed, the text. */
export type Values = Readonly<Partial<Record<DetailName, string>>>;

/** A detail as it lies in its table: sealed where it is sensitive, in the clear otherwise. */
export type StoredValue = { readonly value: string | null; readonly sealed: Buffer | null };

type Row = StoredValue & { readonly account_id: string; readonly detail: string };

/** Whose and which value it is: sealed in one place it opens in no other. */
export function valueContext(accountId: string, detail: string): string {
  return `profile_details.sealed:${accountId}:${detail}`;
}

/** The form in which a detail is kept. */
export function storedValue(
  seal: Seal,
  accountId: string,
  detail: DetailName,
  value: string,
): StoredValue {
  return detailOf(detail).sensitive
    ? { value: null, sealed: seal.seal(value, valueContext(accountId, detail)) }
    : { value, sealed: null };
}

/** The value of a stored detail, however it was kept at the time. */
export function openedValue(seal: Seal, { account_id, detail, value, sealed }: Row): string {
  if (sealed) return seal.open(sealed, valueContext(account_id, detail));
  if (value === null) throw new Error('a stored detail has no value');
  return value;
}

/** The details of a number's account, or of one account. */
export async function readValues(
  db: Knex | Transaction,
  seal: Seal,
  whose: { readonly phone: Phone } | { readonly accountId: string },
): Promise<Values> {
  const rows: Row[] = await db('profile_details')
    .join('accounts', 'accounts.id', 'profile_details.account_id')
    .where(
      'phone' in whose ? { 'accounts.phone': whose.phone } : { 'accounts.id': whose.accountId },
    )
    .select('account_id', 'detail', 'value', 'sealed');
  const values: Partial<Record<DetailName, string>> = {};
  for (const row of rows) {
    // What an earlier version asked for is kept, and no part of the profile any more.
    if (isDetailName(row.detail)) values[row.detail] = openedValue(seal, row);
  }
  return values;
}

/**
 * The account of a number, or null; until the transaction ends, nobody else changes its details.
 * Those who only refer to the account do not wait.
 */
export function lockAccount(trx: Transaction, phone: Phone): Promise<string | null> {
  return lock(trx, { phone });
}

/** The same for an account that may have no number; whether it is there. */
export async function lockAccountById(trx: Transaction, id: string): Promise<boolean> {
  return (await lock(trx, { id })) !== null;
}

async function lock(trx: Transaction, which: { phone: Phone } | { id: string }) {
  const account: { id: string } | undefined = await trx('accounts')
    .where(which)
    .forNoKeyUpdate()
    .first('id');
  return account?.id ?? null;
}
