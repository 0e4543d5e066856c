import type { Knex } from 'knex';
import type { Transaction } from '../database/transaction.js';
import type { Phone } from '../phone-number.js';
import type { Seal } from '../seal.js';
import type { Channel } from '../sessions.js';
import { recordChanges, type Step } from './changes.js';
import { keepDistinct } from './conflicts.js';
import { type DetailName, detailNames, detailOf } from './details.js';
import { distinctTexts, othersWith, textChanges } from './distinct.js';
import { isAnnounced, sendNotice } from './notices.js';
import * as stored from './stored.js';

export type Values = stored.Values;

/** A value for a detail, which has passed the detail's rule. */
export type Change = { readonly detail: DetailName; readonly value: string };

/** The details that a number's account has, opened; empty where there is none. */
export function readValues(db: Knex, seal: Seal, phone: Phone): Promise<Values> {
  return stored.readValues(db, seal, { phone });
}

/**
 * Keeps changes, as a part of the caller's transaction: the values (sealed where the definition says
 * sensitive), the record of what was changed, the conflicts with other accounts. What was chosen
 * from a list that another detail narrows is dropped with it: a branch with its bank. Where the
 * name or a payout detail was replaced its person is told by SMS, unless the change came by SMS,
 * which is answered anyway. A value that is there already changes nothing.
 *
 * @param about.ussdCode what the SMS tells people to dial who have not changed anything.
 */
export async function saveChanges(
  trx: Transaction,
  seal: Seal,
  about: {
    phone: Phone;
    changes: readonly Change[];
    via: Channel;
    at: Date;
    ussdCode: string;
  },
): Promise<void> {
  const { phone, via, at, ussdCode } = about;
  const accountId = await stored.lockAccount(trx, phone);
  if (accountId === null) throw new Error('there is no account to keep a detail of');
  const before = await stored.readValues(trx, seal, { accountId });
  const after = changed(before, about.changes);
  const steps = stepsBetween(before, after);
  if (steps.length === 0) return;

  await writeValues(trx, seal, { accountId, steps, via, at });
  await recordChanges(trx, seal, { accountId, steps, via, at });
  await keepDistinct(trx, seal, { accountId, changes: textChanges(before, after), at });
  const replaced = steps.flatMap(({ detail, from, to }) =>
    from !== null && to !== null && isAnnounced(detail) ? [detail] : [],
  );
  if (replaced.length > 0 && via !== 'sms') {
    await sendNotice(trx, seal, { phone, replaced, ussdCode, at });
  }
}

/**
 * Which details some other account would have as well after these changes: for telling the person
 * before they are kept. It says nothing about whose they are.
 */
export async function conflicting(
  db: Knex,
  seal: Seal,
  phone: Phone,
  changes: readonly Change[],
): Promise<readonly DetailName[]> {
  const account: { id: string } | undefined = await db('accounts').where({ phone }).first('id');
  const before = await readValues(db, seal, phone);
  const [old, texts] = [distinctTexts(before), distinctTexts(changed(before, changes))];
  const given = new Set(changes.map(({ detail }) => detail));
  const found: DetailName[] = [];
  for (const [detail, text] of texts) {
    if (!given.has(detail) && old.get(detail) === text) continue;
    const others = await othersWith(db, seal, { detail, text, accountId: account?.id ?? null });
    if (others.length > 0) found.push(detail);
  }
  return found;
}

/** The values after changes; what hangs on a value that is replaced goes, unless it is given anew. */
export function changed(before: Values, changes: readonly Change[]): Values {
  const after: Partial<Record<DetailName, string>> = { ...before };
  for (const { detail, value } of changes) after[detail] = value;
  const given = new Set(changes.map(({ detail }) => detail));
  for (const detail of detailNames) {
    const parent = detailOf(detail).list?.of as DetailName | undefined;
    if (!parent || given.has(detail) || before[parent] === undefined) continue;
    if (after[parent] !== before[parent]) delete after[detail];
  }
  return after;
}

function stepsBetween(before: Values, after: Values): readonly Step[] {
  return detailNames.flatMap((detail) => {
    const [from = null, to = null] = [before[detail], after[detail]];
    return from === to ? [] : [{ detail, from, to }];
  });
}

async function writeValues(
  trx: Transaction,
  seal: Seal,
  about: { accountId: string; steps: readonly Step[]; via: Channel; at: Date },
): Promise<void> {
  const { accountId, steps, via, at } = about;
  const rows = steps.flatMap(({ detail, to }) =>
    to === null
      ? []
      : [
          {
            account_id: accountId,
            detail,
            ...stored.storedValue(seal, accountId, detail, to),
            changed_at: at,
            changed_via: via,
          },
        ],
  );
  if (rows.length > 0) {
    await trx('profile_details')
      .insert(rows)
      .onConflict(['account_id', 'detail'])
      .merge(['value', 'sealed', 'changed_at', 'changed_via']);
  }
  const dropped = steps.filter(({ to }) => to === null).map(({ detail }) => detail);
  if (dropped.length > 0) {
    await trx('profile_details')
      .where({ account_id: accountId })
      .whereIn('detail', dropped)
      .delete();
  }
}
