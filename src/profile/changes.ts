import type { Knex } from 'knex';
import type { Seal } from '../seal.js';
import type { Channel } from '../sessions.js';
import type { DetailName } from './details.js';

/** What happened to one detail; a null is that there was, or is, no value. */
export type Step = {
  readonly detail: DetailName;
  readonly from: string | null;
  readonly to: string | null;
};

/** A change as it was recorded. */
export type RecordedChange = {
  /** May be one that the profile does not have any more. */
  readonly detail: string;
  readonly from: string | null;
  readonly to: string | null;
  readonly by: 'person' | 'operator';
  readonly via: Channel | 'command';
  readonly at: Date;
};

/** Whose, which detail and which end of its change. */
export function changeContext(accountId: string, detail: string, end: 'from' | 'to'): string {
  return `profile_changes.${end}:${accountId}:${detail}`;
}

/** Both ends of a change as they are recorded: sealed, whatever the detail. */
export function sealedEnds(
  seal: Seal,
  accountId: string,
  { detail, from, to }: Step,
): { readonly from_sealed: Buffer | null; readonly to_sealed: Buffer | null } {
  const sealed = (value: string | null, end: 'from' | 'to') =>
    value === null ? null : seal.seal(value, changeContext(accountId, detail, end));
  return { from_sealed: sealed(from, 'from'), to_sealed: sealed(to, 'to') };
}

type Row = {
  detail: string;
  from_sealed: Buffer | null;
  to_sealed: Buffer | null;
  changed_by: RecordedChange['by'];
  changed_via: RecordedChange['via'];
  changed_at: Date;
};

/** All that was ever changed in an account's details, the oldest first. */
export async function readChanges(
  db: Knex,
  seal: Seal,
  accountId: string,
): Promise<readonly RecordedChange[]> {
  const rows: Row[] = await db('profile_changes')
    .where({ account_id: accountId })
    .orderBy('id')
    .select('detail', 'from_sealed', 'to_sealed', 'changed_by', 'changed_via', 'changed_at');
  const opened = (sealed: Buffer | null, detail: string, end: 'from' | 'to') =>
    sealed && seal.open(sealed, changeContext(accountId, detail, end));
  return rows.map((row) => ({
    detail: row.detail,
    from: opened(row.from_sealed, row.detail, 'from'),
    to: opened(row.to_sealed, row.detail, 'to'),
    by: row.changed_by,
    via: row.changed_via,
    at: row.changed_at,
  }));
}
