import type { Knex } from 'knex';
import { lockCaller } from '../callers.js';
import type { Transaction } from '../database/transaction.js';
import type { Phone } from '../phone-number.js';
import type { Seal } from '../seal.js';
import { SessionMoved } from '../turns/stored.js';
import { voidPasswords } from './accounts.js';
import { silentSince } from './silence.js';

/** Of which account the number was: the sealed form opens for no other. */
export function formerPhoneContext(accountId: string): string {
  return `accounts.former_phone:${accountId}`;
}

/** The columns of an account that has no number any more. */
export function formerPhone(seal: Seal, accountId: string, phone: Phone) {
  return {
    former_phone: seal.seal(phone, formerPhoneContext(accountId)),
    former_phone_digest: seal.digest(FORMER_PHONE, phone),
  };
}

/** By any of these the accounts are found that a number had before. */
export function formerPhoneDigests(seal: Seal, phone: Phone): readonly Buffer[] {
  return seal.digests(FORMER_PHONE, phone);
}

/** The number that an account had before it was set aside, or null where it was not. */
export async function readFormerPhone(
  db: Knex | Transaction,
  seal: Seal,
  accountId: string,
): Promise<Phone | null> {
  const sealed = await sealedPhone(db, accountId);
  // Only what `formerPhone` has been given is ever sealed there.
  return sealed && (seal.open(sealed, formerPhoneContext(accountId)) as Phone);
}

/** Seals the number with the present key where another has sealed it. Returns how many that were: one or none. */
export async function rotateFormerPhone(
  trx: Transaction,
  seal: Seal,
  accountId: string,
): Promise<number> {
  const sealed = await sealedPhone(trx, accountId);
  if (sealed === null || !seal.needsResealing(sealed)) return 0;
  const phone = seal.open(sealed, formerPhoneContext(accountId)) as Phone;
  return trx('accounts')
    .where({ id: accountId })
    .update(formerPhone(seal, accountId, phone));
}

async function sealedPhone(db: Knex | Transaction, accountId: string): Promise<Buffer | null> {
  const row: { former_phone: Buffer | null } | undefined = await db('accounts')
    .where({ id: accountId })
    .first('former_phone');
  return row?.former_phone ?? null;
}

const FORMER_PHONE = 'accounts.former_phone';

/** Takes a silent account from its number. Throws where the number has no silent account any more. */
export async function setAsideSilent(
  trx: Transaction,
  seal: Seal,
  { phone, at }: { phone: Phone; at: Date },
): Promise<void> {
  await lockCaller(trx, phone, 'noKeyUpdate');
  const account: { id: string } | undefined = await trx('accounts')
    .where({ phone })
    .where('heard_at', '<=', silentSince(at))
    .forUpdate()
    .first('id');
  if (!account) throw new SessionMoved();
  await setAside(trx, seal, { accountId: account.id, phone, at });
}

/**
 * Takes an account from its number, which is somebody else's now. All of it is kept, closed to
 * everybody, for an operator to give back to its person. What its person wanted of the number is
 * forgotten: whoever has it now has wishes of their own. Lock the number's caller and the account first.
 */
export async function setAside(
  trx: Transaction,
  seal: Seal,
  { accountId, phone, at }: { accountId: string; phone: Phone; at: Date },
): Promise<void> {
  await voidPasswords(trx, { accountId, at });
  await trx('accounts')
    .where({ id: accountId })
    .update({ phone: null, set_aside_at: at, ...formerPhone(seal, accountId, phone) });
  await trx('callers').where({ phone }).update({ stopped_at: null, first_seen_at: at });
}

/** An account that waits for its person. */
export type SetAside = {
  readonly id: string;
  readonly formerPhone: Phone;
  readonly setAsideAt: Date;
  readonly heardAt: Date;
  /** How many details there are. */
  readonly details: number;
};

type SetAsideRow = {
  id: string;
  former_phone: Buffer;
  set_aside_at: Date;
  heard_at: Date;
  details: number;
};

/** The accounts that were set aside, those of one number or all, the oldest first. */
export async function listSetAside(
  db: Knex,
  seal: Seal,
  phone: Phone | null = null,
): Promise<readonly SetAside[]> {
  const rows: SetAsideRow[] = await db('accounts')
    .leftJoin('profile_details as detail', 'detail.account_id', 'accounts.id')
    .whereNotNull('set_aside_at')
    .modify((query) => {
      if (phone) query.whereIn('former_phone_digest', [...formerPhoneDigests(seal, phone)]);
    })
    .groupBy('accounts.id')
    .orderBy('set_aside_at')
    .select('accounts.id', 'former_phone', 'set_aside_at', 'heard_at')
    .select(db.raw('count(detail.detail)::int as details'));
  return rows.map((row) => ({
    id: row.id,
    formerPhone: seal.open(row.former_phone, formerPhoneContext(row.id)) as Phone,
    setAsideAt: row.set_aside_at,
    heardAt: row.heard_at,
    details: row.details,
  }));
}
