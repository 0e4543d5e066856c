import type { Knex } from 'knex';

/*
 * Tables that grow with the callers have in every key what they would be distributed by: the phone, or
 * the account where it may change its phone. See docs/scaling.md.
 */
const statements = [
  `alter table sessions drop constraint sessions_pkey, add primary key (phone, id)`,
  `alter table profile_changes drop constraint profile_changes_pkey, add primary key (account_id, id)`,
];

export async function up(knex: Knex): Promise<void> {
  for (const statement of statements) await knex.raw(statement);
}
