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
   * Where a dialogue is lies sealed with the reply of its last turn, whose input's digest the session
   * has: a turn seals one thing, and its session's row stays small enough to be updated in place. Calls
   * that are open while this runs begin anew.
   */
  `truncate sessions, turns`,
  `drop index one_open_sms_dialogue`,
  `alter table sessions drop column position, alter column heard_digest set not null`,
  // Only the statement that moves a session on writes turns, and it holds to both by itself: checking costs every turn.
  `alter table turns drop constraint turns_session_id_fkey, drop constraint turns_session_id_number_key`,

  /*
   * open: the dialogue can be gone on with. The rest is what the carrier told when the call had ended,
   * if it did; what was typed and shown is left out.
   */
  `alter table sessions
    add column open boolean not null,
    add column network text,
    add column ended_as text check (ended_as in ('completed', 'abandoned', 'failed', 'unknown')),
    add column duration_ms bigint,
    add column hops integer,
    add column cost numeric(14, 6),
    add column cost_currency text`,
  `alter table sessions set (fillfactor = 70)`,
  `create unique index one_open_sms_dialogue on sessions (phone) where channel = 'sms' and open`,
  `create index open_sessions on sessions (phone) where open`,
];

export async function up(knex: Knex): Promise<void> {
  for (const statement of statements) await knex.raw(statement);
}
