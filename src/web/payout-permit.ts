import type { Knex } from 'knex';
import type { Phone } from '../phone-number.js';
import { type DetailName, detailNames, detailOf } from '../profile/details.js';
import { checkIdentity } from '../profile/identity.js';
import { isLocked } from '../profile/locks.js';
import type { Change, Values } from '../profile/profile.js';
import type { Seal } from '../seal.js';
import type { OwnForm } from './own-forms.js';

/** What may be saved, what may not, and what was wrong with the national ID that was given for it. */
export type PayoutPermit = {
  readonly changes: readonly Change[];
  readonly refused: readonly DetailName[];
  readonly fault: 'missing' | 'wrong' | 'stopped' | null;
};

/** Whether a detail is one of those that change together, and only for somebody who knows the ID. */
export function isGuarded(detail: DetailName, values: Values): boolean {
  return detailOf(detail).payout === true || isLocked(detail, values);
}

/** Whether there is an ID to ask for, and something that it protects. */
export function asksIdentity(values: Values): boolean {
  return detailNames.some((detail) => isLocked(detail, values));
}

/**
 * Where the money goes, once it is set, changes only for somebody who knows the national ID on record;
 * so does that ID itself.
 * The payout details of a form belong together: all of them may be saved, or none.
 */
export async function payoutPermit(
  { db, seal }: { db: Knex; seal: Seal },
  about: { phone: Phone; values: Values; form: OwnForm; at: Date },
  changes: readonly Change[],
): Promise<PayoutPermit> {
  const isRefused = (detail: DetailName) => isGuarded(detail, about.values);
  const granted = { changes, refused: [], fault: null };
  if (!changes.some(({ detail }) => isLocked(detail, about.values))) return granted;
  const fault = await faultOfIdentity({ db, seal }, about);
  if (!fault) return granted;
  return {
    changes: changes.filter(({ detail }) => !isRefused(detail)),
    refused: changes.map(({ detail }) => detail).filter(isRefused),
    fault,
  };
}

async function faultOfIdentity(
  { db, seal }: { db: Knex; seal: Seal },
  { phone, form, at }: { phone: Phone; form: OwnForm; at: Date },
): Promise<PayoutPermit['fault']> {
  const said = form.text('nationalIdCheck');
  // Nothing was said, so nothing was wrong: it does not count as a try.
  if (said.trim() === '') return 'missing';
  const outcome = await checkIdentity(db, seal, phone, said, at);
  return outcome === 'wrong' || outcome === 'stopped' ? outcome : null;
}
