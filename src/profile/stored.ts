import type { Knex } from 'knex';
import { runStatement, type Statement } from '../database/statement.js';
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

const READ = 'select d.account_id, d.detail, d.value, d.sealed';
const READ_OF_NUMBERS: Statement = {
  name: 'read-details-of-numbers',
  text: `${READ}, a.phone from accounts a join profile_details d on d.account_id = a.id
    where a.phone = any(?::text[])`,
};
const READ_OF_ACCOUNT: Statement = {
  name: 'read-details',
  text: `${READ} from profile_details d where d.account_id = ?`,
};

/** The details of each of some numbers' accounts, in their order; empty where there is none. */
export async function readValuesOf(
  db: Knex | Transaction,
  seal: Seal,
  phones: readonly Phone[],
): Promise<Values[]> {
  const rows = await runStatement<Row & { phone: Phone }>(db, READ_OF_NUMBERS, [[...phones]]);
  const byPhone = new Map<Phone, Row[]>(phones.map((phone) => [phone, []]));
  for (const row of rows) byPhone.get(row.phone)?.push(row);
  return phones.map((phone) => opened(seal, byPhone.get(phone) ?? []));
}

/** The details of an account. */
export async function readValues(
  db: Knex | Transaction,
  seal: Seal,
  accountId: string,
): Promise<Values> {
  return opened(seal, await runStatement<Row>(db, READ_OF_ACCOUNT, [accountId]));
}

function opened(seal: Seal, rows: readonly Row[]): Values {
  const values: Partial<Record<DetailName, string>> = {};
  for (const row of rows) {
    // What an earlier version asked for is kept, and no part of the profile any more.
    if (isDetailName(row.detail)) values[row.detail] = openedValue(seal, row);
  }
  return values;
}

const LOCK_BY_PHONE: Statement = {
  name: 'lock-account-of-number',
  text: `
    with caller as materialized (select phone from callers where phone = ? for key share)
    select a.id from caller c join accounts a on a.phone = c.phone for no key update of a`,
};

/**
 * The account of a number, or null; until the transaction ends, nobody else changes its details.
 * Those who only refer to the account do not wait. The number's caller is locked before, as in `lockCaller`.
 */
export async function lockAccount(trx: Transaction, phone: Phone): Promise<string | null> {
  const [account] = await runStatement<{ id: string }>(trx, LOCK_BY_PHONE, [phone]);
  return account?.id ?? null;
}

/** The same for an account that may have no number; whether it is there. */
export async function lockAccountById(trx: Transaction, id: string): Promise<boolean> {
  const account = await trx('accounts').where({ id }).forNoKeyUpdate().first('id');
  return account !== undefined;
}
