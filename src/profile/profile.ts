import type { Knex } from 'knex';
import type { Transaction } from '../database/transaction.js';
import type { Phone } from '../phone-number.js';
import type { Channel } from '../sessions.js';
import type { Detail } from './details.js';

/** The details that a person has given; what is missing is not there. */
export type Profile = Readonly<Partial<Record<Detail, string>>>;

/** The profile of a number's account; empty where there is none. */
export async function readProfile(db: Knex, phone: Phone): Promise<Profile> {
  const rows: { detail: Detail; value: string }[] = await db('profile_details')
    .join('accounts', 'accounts.id', 'profile_details.account_id')
    .where('accounts.phone', phone)
    .select('profile_details.detail', 'profile_details.value');
  return Object.fromEntries(rows.map(({ detail, value }) => [detail, value]));
}

/** Keeps one detail, in place of what was there. The value has passed the detail's rule. */
export async function saveDetail(
  trx: Transaction,
  change: { phone: Phone; detail: Detail; value: string; via: Channel; at: Date },
): Promise<void> {
  await trx('profile_details')
    .insert({
      account_id: trx('accounts').select('id').where({ phone: change.phone }),
      detail: change.detail,
      value: change.value,
      changed_at: change.at,
      changed_via: change.via,
    })
    .onConflict(['account_id', 'detail'])
    .merge(['value', 'changed_at', 'changed_via']);
}
