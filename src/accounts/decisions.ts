import type { Knex } from 'knex';
import { lockCaller } from '../callers.js';
import type { Transaction } from '../database/transaction.js';
import type { Phone } from '../phone-number.js';
import { closeAccount } from '../profile/erasure.js';
import type { Seal } from '../seal.js';
import { closeDialogues } from '../sessions.js';
import { voidPasswords } from './accounts.js';
import { sendMoveNotice } from './move-notices.js';
import { oldPhoneContext } from './old-numbers.js';
import { readFormerPhone, setAside } from './set-aside.js';
import { isSilent } from './silence.js';

/** A request for a move, with what an operator needs to decide it. */
export type Move = {
  readonly id: number;
  /** The number that asks. */
  readonly phone: Phone;
  readonly oldPhone: Phone;
  readonly idFits: boolean;
  readonly requestedAt: Date;
  readonly state: 'open' | 'replaced' | 'approved' | 'refused';
  readonly decided: { readonly at: Date; readonly by: string | null } | null;
  readonly account: {
    /** The number that it has now; null where it was set aside. */
    readonly phone: Phone | null;
    readonly heardAt: Date;
    /** How many details there are. */
    readonly details: number;
    readonly hasId: boolean;
  } | null;
};

type MoveRow = {
  id: number;
  phone: Phone;
  old_phone: Buffer;
  account_id: string | null;
  id_fits: boolean;
  state: Move['state'];
  requested_at: Date;
  decided_at: Date | null;
  decided_by: string | null;
};

/** The requests, the oldest first: those that wait for a decision, or all. */
export async function listMoves(
  db: Knex,
  seal: Seal,
  { all = false } = {},
): Promise<readonly Move[]> {
  const rows: MoveRow[] = await db('number_moves')
    .where(all ? {} : { state: 'open' })
    .orderBy('id');
  const moves: Move[] = [];
  for (const row of rows) {
    moves.push({
      id: row.id,
      phone: row.phone,
      oldPhone: oldPhoneOf(seal, row),
      idFits: row.id_fits,
      requestedAt: row.requested_at,
      state: row.state,
      decided: row.decided_at && { at: row.decided_at, by: row.decided_by },
      account: row.account_id === null ? null : await accountOf(db, row.account_id),
    });
  }
  return moves;
}

function oldPhoneOf(seal: Seal, { phone, old_phone }: MoveRow): Phone {
  return seal.open(old_phone, oldPhoneContext(phone)) as Phone;
}

async function accountOf(db: Knex, id: string): Promise<Move['account']> {
  const row: { phone: Phone | null; heard_at: Date } | undefined = await db('accounts')
    .where({ id })
    .first('phone', 'heard_at');
  if (!row) return null;
  const details: string[] = await db('profile_details').where({ account_id: id }).pluck('detail');
  return {
    phone: row.phone,
    heardAt: row.heard_at,
    details: details.length,
    hasId: details.includes('nationalId'),
  };
}

/**
 * Why a move was not made: there is no such request, or none any more; the old number has, and had, no
 * account; the ID does not fit; the account has changed hands since; the number that asks has an account
 * of its own with something in it.
 */
export type Hindrance = 'notOpen' | 'noAccount' | 'idDiffers' | 'changedHands' | 'hasOwn';

type Decision = { readonly id: number; readonly operator: string; readonly at: Date };

/**
 * Gives the account to the number that has asked for it, with all that belongs to it. No password opens
 * it there before its person asks for one, every web session ends, and both numbers are told. An account of the
 * number's own gives way where nothing is in it, or where it was silent and is another's. Null where it is
 * done; otherwise nothing has changed.
 *
 * @param decision.withoutId the operator knows better than the national ID.
 */
export async function approveMove(
  trx: Transaction,
  seal: Seal,
  decision: Decision & { readonly withoutId: boolean },
): Promise<Hindrance | null> {
  const { id, at, withoutId } = decision;
  const request = await lockOpen(trx, seal, id);
  if (!request) return 'notOpen';
  const { phone, account_id: accountId } = request;
  if (accountId === null) return 'noAccount';
  if (!request.id_fits && !withoutId) return 'idDiffers';
  const old = oldPhoneOf(seal, request);
  const account: { phone: Phone | null } | undefined = await trx('accounts')
    .where({ id: accountId })
    .forUpdate()
    .first('phone');
  const setAsideFrom = await readFormerPhone(trx, seal, accountId);
  if ((account?.phone ?? setAsideFrom) !== old) return 'changedHands';
  if (!(await makeWay(trx, seal, phone, at))) return 'hasOwn';

  await voidPasswords(trx, { accountId, at });
  await trx('accounts').where({ id: accountId }).update({
    phone,
    heard_at: at,
    set_aside_at: null,
    former_phone: null,
    former_phone_digest: null,
  });
  await decide(trx, decision, 'approved');
  await closeDialogues(trx, phone);
  await sendMoveNotice(trx, seal, { says: 'movedHere', to: phone, other: old, at });
  // A number from which the account was set aside is somebody else's, whom it does not concern.
  if (setAsideFrom === null) {
    await closeDialogues(trx, old);
    // What the number has done so far is not its next holder's.
    await trx('callers').where({ phone: old }).update({ first_seen_at: at });
    await sendMoveNotice(trx, seal, { says: 'movedAway', to: old, other: phone, at });
  }
  return null;
}

/** Leaves everything as it is, and tells the number that has asked. */
export async function refuseMove(
  trx: Transaction,
  seal: Seal,
  decision: Decision,
): Promise<Hindrance | null> {
  const request = await lockOpen(trx, seal, decision.id);
  if (!request) return 'notOpen';
  await decide(trx, decision, 'refused');
  const other = oldPhoneOf(seal, request);
  await sendMoveNotice(trx, seal, { says: 'refused', to: request.phone, other, at: decision.at });
  return null;
}

/**
 * Locks what a decision is about, in the order of {@link lockCaller}: both numbers, so that nobody registers or
 * erases them meanwhile, and the request with those for the account of the number that asks, which may
 * have to give way.
 */
async function lockOpen(trx: Transaction, seal: Seal, id: number): Promise<MoveRow | undefined> {
  const open = { id, state: 'open' } as const;
  const found: MoveRow | undefined = await trx('number_moves').where(open).first();
  if (!found) return undefined;
  const { phone } = found;
  const numbers = new Map<Phone, 'noKeyUpdate' | 'update'>([
    // Who has asked may write to it at this very moment, having asked again.
    [oldPhoneOf(seal, found), 'noKeyUpdate'],
    [phone, 'update'],
  ]);
  for (const number of [...numbers.keys()].sort()) {
    await lockCaller(trx, number, numbers.get(number) ?? 'update');
  }
  const rows: MoveRow[] = await trx('number_moves')
    .where({ phone, ...open })
    .orWhereIn('account_id', trx('accounts').select('id').where({ phone }))
    .orderBy('id')
    .forUpdate();
  return rows.find((row) => row.id === id && row.state === 'open');
}

async function decide(
  trx: Transaction,
  { id, operator, at }: Decision,
  state: 'approved' | 'refused',
): Promise<void> {
  const request = () => trx('number_moves').where({ id });
  // It was only to be answered.
  if (state === 'refused') await request().where({ old_phone_erased: true }).delete();
  await request().update({ state, decided_at: at, decided_by: operator });
}

/** Frees the number for another account; false where it has one of its own that is worth something. */
async function makeWay(trx: Transaction, seal: Seal, phone: Phone, at: Date): Promise<boolean> {
  const own: { id: string; heard_at: Date } | undefined = await trx('accounts')
    .where({ phone })
    .forUpdate()
    .first('id', 'heard_at');
  if (!own) return true;
  const filled = await trx('profile_details').where({ account_id: own.id }).first('detail');
  if (filled && !isSilent({ heardAt: own.heard_at }, at)) return false;
  if (filled) await setAside(trx, seal, { accountId: own.id, phone, at });
  else await closeAccount(trx, { accountId: own.id, via: 'command', at });
  return true;
}
