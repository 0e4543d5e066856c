import type { Knex } from 'knex';
import { lockCaller } from '../callers.js';
import type { Transaction } from '../database/transaction.js';
import type { Claim, Permit } from '../dialogue/world.js';
import { type Phone, readPhone } from '../phone-number.js';
import { fitsIdentity } from '../profile/identity.js';
import type { Seal } from '../seal.js';
import { SessionMoved } from '../turns/stored.js';
import { permitAfter } from './daily-permit.js';
import { sendMoveNotice } from './move-notices.js';
import { oldPhoneColumns, oldPhoneContext } from './old-numbers.js';
import { formerPhoneDigests } from './set-aside.js';

/** Requests that a number may make within a day. */
const MOST_A_DAY = 3;
const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * The old number as somebody writes it, sealed for the asker; null where it is none. It may be the asker's
 * own: of somebody who has said by mistake to be new on it.
 */
export function readOldNumber(
  seal: Seal,
  phone: Phone,
  said: string,
): { number: string; old: Phone } | null {
  const old = readPhone(said);
  if (old === null) return null;
  return { number: seal.seal(old, oldPhoneContext(phone)).toString('base64'), old };
}

function openOldNumber(seal: Seal, phone: Phone, number: string): Phone {
  // What `readOldNumber` has sealed.
  return seal.open(Buffer.from(number, 'base64'), oldPhoneContext(phone)) as Phone;
}

/** Whether a number may ask for a move now. */
export async function movePermit(db: Knex, phone: Phone, now: Date): Promise<Permit> {
  const asked: Date[] = await db('number_moves')
    .where({ phone })
    .where('requested_at', '>', new Date(now.getTime() - DAY_MS))
    .pluck('requested_at');
  return permitAfter(asked, MOST_A_DAY);
}

/**
 * Finds the account that an old number has, or had before it went to somebody else: the one with this
 * national ID on record, or else the one that it has, or the one that it had last.
 */
export async function findClaimed(
  db: Knex,
  seal: Seal,
  { phone, number, said }: { phone: Phone; number: string; said: string },
): Promise<Claim> {
  const old = openOldNumber(seal, phone, number);
  const found: { id: string }[] = await db('accounts')
    .where((before) =>
      before
        // As its index says: without it every account is looked at.
        .whereNotNull('set_aside_at')
        .whereIn('former_phone_digest', [...formerPhoneDigests(seal, old)]),
    )
    .modify((query) => {
      if (old !== phone) query.orWhere({ phone: old });
    })
    .orderByRaw('set_aside_at desc nulls first')
    .select('id');
  for (const { id } of found) {
    if (await fitsIdentity(db, seal, id, said)) return { accountId: id, idFits: true };
  }
  return { accountId: found[0]?.id ?? null, idFits: false };
}

/**
 * Keeps a request for an operator, in place of one that the number has made before. Whoever has the old
 * number now is told, once a day, where the one who asks knows the ID: it may be somebody else. Throws where
 * the number has asked too often meanwhile.
 */
export async function requestMove(
  trx: Transaction,
  seal: Seal,
  request: Claim & { phone: Phone; number: string; via: 'ussd' | 'sms'; at: Date },
): Promise<void> {
  const { phone, accountId, idFits, number, via, at } = request;
  await lockCaller(trx, phone, 'noKeyUpdate');
  if (!(await movePermit(trx, phone, at)).allowed) throw new SessionMoved();
  const account = idFits && accountId !== null && (await toWarn(trx, accountId, at));
  // The SMS at the end refers to this row.
  if (account) await lockCaller(trx, account.phone, 'keyShare');
  const open = { phone, state: 'open' };
  await trx('number_moves')
    .where({ ...open, old_phone_erased: true })
    .delete();
  await trx('number_moves').where(open).update({ state: 'replaced', decided_at: at });
  await trx('number_moves').insert({
    phone,
    // Sealed anew, so that one key has made both.
    ...oldPhoneColumns(seal, phone, openOldNumber(seal, phone, number)),
    account_id: accountId,
    id_fits: idFits,
    state: 'open',
    requested_at: at,
    requested_via: via,
  });
  if (!account) return;
  await sendMoveNotice(trx, seal, { says: 'asked', to: account.phone, other: phone, at });
}

/** The account, where it has a number to which nobody has written about a move today. */
async function toWarn(trx: Transaction, accountId: string, at: Date) {
  const today = await trx('number_moves')
    .where({ account_id: accountId, id_fits: true })
    .where('requested_at', '>', new Date(at.getTime() - DAY_MS))
    .first('id');
  if (today) return null;
  const account: { phone: Phone } | undefined = await trx('accounts')
    .where({ id: accountId })
    .whereNotNull('phone')
    .first('phone');
  return account ?? null;
}
