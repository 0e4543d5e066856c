import type { Knex } from 'knex';

const statements = [
  // When the number was last in touch, to the day, and through which network.
  `alter table callers
    add column network text,
    add column heard_at timestamptz`,

  /*
   * When the holder of the number was last heard, to the day. It stands still once the number has
   * been silent for long, until somebody shows to be the holder: see src/accounts.
   */
  `alter table accounts add column heard_at timestamptz`,
  `update accounts set heard_at = greatest(created_at, password_set_at)`,
  `alter table accounts alter column heard_at set not null`,

  /*
   * open: the dialogue can be gone on with. A column of its own, and not position's being null, for
   * an index on it then leaves a turn's update in place. The rest is what the carrier told when the
   * call had ended, if it did; what was typed and shown is left out.
   */
  `alter table sessions
    add column open boolean not null default false,
    add column network text,
    add column ended_as text check (ended_as in ('completed', 'abandoned', 'failed', 'unknown')),
    add column duration_ms bigint,
    add column hops integer,
    add column cost numeric(14, 6),
    add column cost_currency text`,
  `update sessions set open = position is not null`,
  `alter table sessions
    alter column open drop default,
    add check (open = (position is not null)),
    set (fillfactor = 70)`,
  `drop index one_open_sms_dialogue`,
  `create unique index one_open_sms_dialogue on sessions (phone) where channel = 'sms' and open`,
  `create index open_sessions on sessions (phone) where open`,
];

export async function up(knex: Knex): Promise<void> {
  for (const statement of statements) await knex.raw(statement);
}
