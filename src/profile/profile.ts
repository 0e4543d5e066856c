import type { Knex } from 'knex';
import { runStatement, type Statement } from '../database/statement.js';
import type { Transaction } from '../database/transaction.js';
import { kenyanYear } from '../dialogue/kenyan-time.js';
import type { Phone } from '../phone-number.js';
import type { Seal } from '../seal.js';
import type { Channel } from '../sessions.js';
import { type Step, sealedEnds } from './changes.js';
import { keepDistinct } from './conflicts.js';
import { type DetailName, detailNames, detailOf, parentOf } from './details.js';
import { distinctTexts, othersWith, textChanges } from './distinct.js';
import { isAnnounced, sendNotice } from './notices.js';
import * as stored from './stored.js';

export type Values = stored.Values;

/** A value for a detail, which has passed the detail's rule. */
export type Change = { readonly detail: DetailName; readonly value: string };

/** The details that a number's account has, opened; empty where there is none. */
export async function readValues(db: Knex, seal: Seal, phone: Phone): Promise<Values> {
  const [values = {}] = await stored.readValuesOf(db, seal, [phone]);
  return values;
}

/**
 * Keeps changes, as a part of the caller's transaction: the values (sealed where the definition says
 * sensitive), the record of what was changed, the conflicts with other accounts. What does not go
 * with a change is dropped: see {@link changed}. Where the name or a payout detail was replaced its
 * person is told by SMS, unless the change came by SMS, which is answered anyway. A value that is there
 * already changes nothing.
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
  const before = await stored.readValues(trx, seal, accountId);
  const after = changed(before, about.changes, kenyanYear(at.toISOString()));
  const steps = stepsBetween(before, after);
  if (steps.length === 0) return;

  await writeSteps(trx, seal, { accountId, steps, via, at });
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
 *
 * @param about.before the number's values, where they have been read already.
 */
export async function conflicting(
  db: Knex,
  seal: Seal,
  phone: Phone,
  changes: readonly Change[],
  about: { at: Date; before?: Values },
): Promise<readonly DetailName[]> {
  const values = about.before ?? (await readValues(db, seal, phone));
  const after = changed(values, changes, kenyanYear(about.at.toISOString()));
  const [old, texts] = [distinctTexts(values), distinctTexts(after)];
  const given = new Set(changes.map(({ detail }) => detail));
  const asked = [...texts].filter(
    ([detail, text]) => given.has(detail) || old.get(detail) !== text,
  );
  if (asked.length === 0) return [];

  const account: { id: string } | undefined = await db('accounts').where({ phone }).first('id');
  const found: DetailName[] = [];
  for (const [detail, text] of asked) {
    const others = await othersWith(db, seal, { detail, text, accountId: account?.id ?? null });
    if (others.length > 0) found.push(detail);
  }
  return found;
}

/**
 * The values after changes. Unless it is given anew, what belongs to a value that is replaced goes with it:
 * a branch and an account with their bank. What was given before that which it belongs to stays, unless it
 * cannot be one of it.
 *
 * @param year the year in Kenya.
 */
export function changed(before: Values, changes: readonly Change[], year: number): Values {
  const after: Partial<Record<DetailName, string>> = { ...before };
  for (const { detail, value } of changes) after[detail] = value;
  const given = new Set(changes.map(({ detail }) => detail));
  const dropped = detailNames.filter(
    (detail) => !given.has(detail) && !staysWith(detail, { before, after, year }),
  );
  for (const detail of dropped) delete after[detail];
  return after;
}

/** The details that values had and that others have not. */
export function droppedBetween(before: Values, after: Values): readonly DetailName[] {
  return detailNames.filter((name) => name in before && !(name in after));
}

function staysWith(
  detail: DetailName,
  { before, after, year }: { before: Values; after: Values; year: number },
): boolean {
  const [value, parent] = [before[detail], parentOf(detail)];
  if (value === undefined || !parent || after[parent] === before[parent]) return true;
  if (before[parent] !== undefined) return false;
  const { list, rule } = detailOf(detail);
  return list !== undefined || 'value' in rule(value, { values: after, year });
}

function stepsBetween(before: Values, after: Values): readonly Step[] {
  return detailNames.flatMap((detail) => {
    const [from = null, to = null] = [before[detail], after[detail]];
    return from === to ? [] : [{ detail, from, to }];
  });
}

/** What is dropped leaves its table; the record of all changes is kept, in the order of the steps. */
const SAVE: Statement = {
  name: 'save-details',
  text: `
    with step as materialized (
      select * from json_to_recordset(:steps::json) as s (detail text, value text, sealed text,
        dropped boolean, from_sealed text, to_sealed text)
    ), kept as (
      insert into profile_details (account_id, detail, value, sealed, changed_at, changed_via)
      select :accountId::uuid, detail, value, decode(sealed, 'base64'), :at::timestamptz, :via::text
      from step where not dropped
      on conflict (account_id, detail) do update set value = excluded.value, sealed = excluded.sealed,
        changed_at = excluded.changed_at, changed_via = excluded.changed_via
    ), dropped as (
      delete from profile_details d using step s
      where d.account_id = :accountId and d.detail = s.detail and s.dropped
    )
    insert into profile_changes (account_id, detail, from_sealed, to_sealed, changed_by, changed_via, changed_at)
    select :accountId::uuid, detail, decode(from_sealed, 'base64'), decode(to_sealed, 'base64'), 'person',
      :via::text, :at::timestamptz
    from step`,
};

/** Writes values, and the record of how they came about: see {@link sealedEnds}. */
async function writeSteps(
  trx: Transaction,
  seal: Seal,
  about: { accountId: string; steps: readonly Step[]; via: Channel; at: Date },
): Promise<void> {
  const { accountId, steps, via, at } = about;
  const rows = steps.map((step) => {
    const { detail, to } = step;
    const { value, sealed } =
      to === null ? NOTHING : stored.storedValue(seal, accountId, detail, to);
    const { from_sealed, to_sealed } = sealedEnds(seal, accountId, step);
    return {
      ...{ detail, value, dropped: to === null, sealed: inJson(sealed) },
      ...{ from_sealed: inJson(from_sealed), to_sealed: inJson(to_sealed) },
    };
  });
  await runStatement(trx, SAVE, { accountId, steps: JSON.stringify(rows), via, at });
}

const NOTHING: stored.StoredValue = { value: null, sealed: null };

function inJson(bytes: Buffer | null): string | null {
  return bytes?.toString('base64') ?? null;
}
