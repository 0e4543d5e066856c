import type { Knex } from 'knex';

const statements = [
  /*
   * An account that was set aside has no number: it waits for its person, whose number has gone to
   * somebody else. The number it had is sealed, with a keyed digest to find it by.
   */
  `alter table accounts
    alter column phone drop not null,
    add column set_aside_at timestamptz,
    add column former_phone bytea,
    add column former_phone_digest bytea,
    add check ((phone is null) = (set_aside_at is not null)),
    add check ((former_phone is not null) = (set_aside_at is not null)),
    add check ((former_phone_digest is not null) = (set_aside_at is not null))`,
  `create index accounts_set_aside on accounts (former_phone_digest) where set_aside_at is not null`,

  /*
   * A number that asks for the account of an old one. account_id: the account that the old number
   * has or had; null where there is none. Of the national ID that was given only whether it is the
   * one on record is kept.
   */
  `create table number_moves (
    phone msisdn not null references callers (phone),
    id bigint generated always as identity,
    old_phone bytea not null,
    account_id uuid references accounts (id) on delete set null,
    id_fits boolean not null,
    state text not null check (state in ('open', 'replaced', 'approved', 'refused')),
    requested_at timestamptz not null,
    requested_via text not null check (requested_via in ('ussd', 'sms')),
    decided_at timestamptz,
    decided_by text,
    primary key (phone, id),
    check ((state in ('approved', 'refused')) = (decided_by is not null)),
    check ((state = 'open') = (decided_at is null))
  )`,
  `create unique index one_open_move on number_moves (phone) where state = 'open'`,
  `create index number_moves_by_account on number_moves (account_id)`,
];

export async function up(knex: Knex): Promise<void> {
  for (const statement of statements) await knex.raw(statement);
}
