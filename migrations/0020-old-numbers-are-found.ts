import type { Knex } from 'knex';

const statements = [
  /*
   * old_phone_digest: the old number is found by it when it is erased; null where an earlier version kept the
   * request, until the next erasure. old_phone_erased: once the request is decided it goes.
   */
  `alter table number_moves
    add column old_phone_digest bytea,
    add column old_phone_erased boolean not null default false`,
  'create index number_moves_by_old_phone on number_moves (old_phone_digest)',
];

export async function up(knex: Knex): Promise<void> {
  for (const statement of statements) await knex.raw(statement);
}
