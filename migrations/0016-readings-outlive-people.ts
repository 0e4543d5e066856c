import type { Knex } from 'knex';

/** Of who has read what about somebody that was erased it stays that it was read, and not about whom. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(
    'alter table readings alter column phone_digest drop not null, alter column phone_masked drop not null',
  );
}
