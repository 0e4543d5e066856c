import type { Knex } from 'knex';

const statements = [
  /*
   * On the web anybody may give a wrong ID for a number that was silent. Those are counted by
   * themselves, or they would shut its holder out, who dials or is logged in.
   */
  `alter table identity_failures
    add column given_by text not null default 'holder' check (given_by in ('holder', 'anybody'))`,
  `alter table identity_failures
    drop constraint identity_failures_pkey,
    add primary key (account_id, day, given_by)`,
  `alter table identity_failures alter column given_by drop default`,
];

export async function up(knex: Knex): Promise<void> {
  for (const statement of statements) await knex.raw(statement);
}
