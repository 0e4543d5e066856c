import type { Knex } from 'knex';

const statements = [
  /*
   * The lists that people choose from. A key is for ever and never shown; numbers are what people
   * reply, so they stay when the list grows. An item that is retired stays for those who have it, but
   * another may get its number. Items may swap numbers, hence the check at the end.
   */
  `create table reference_items (
    list text not null,
    key text not null check (key <> ''),
    parent text not null default '',
    number integer not null check (number > 0),
    name_en text not null check (name_en <> ''),
    name_sw text not null check (name_sw <> ''),
    retired boolean not null default false,
    primary key (list, key),
    constraint reference_numbers exclude (list with =, parent with =, number with =)
      where (not retired) deferrable initially deferred
  )`,

  // A sensitive value is sealed, any other lies in the clear. Look-ups of equal values go by a keyed digest.
  `alter table profile_details
    alter column value drop not null,
    add column sealed bytea,
    add column equal_digest bytea,
    add check ((value is null) <> (sealed is null))`,
  `create index profile_details_equal on profile_details (detail, equal_digest)
    where equal_digest is not null`,

  /*
   * Who changed what, when, by which way, from what to what. The values are sealed, whatever they
   * are. What was dropped, as a branch is with its bank, was changed to nothing.
   */
  `create table profile_changes (
    id bigint generated always as identity primary key,
    account_id uuid not null references accounts (id) on delete cascade,
    detail text not null,
    from_sealed bytea,
    to_sealed bytea,
    changed_by text not null check (changed_by in ('person', 'operator')),
    changed_via text not null check (changed_via in ('ussd', 'sms', 'web', 'command')),
    changed_at timestamptz not null,
    check (from_sealed is not null or to_sealed is not null)
  )`,
  `create index profile_changes_by_account on profile_changes (account_id, changed_at)`,

  /*
   * The same ID, TSC number or bank account on two accounts: for an operator to resolve. A pair of
   * accounts stands here once, whichever of them was first.
   */
  `create table profile_conflicts (
    id bigint generated always as identity primary key,
    detail text not null,
    account_id uuid not null references accounts (id) on delete cascade,
    other_account_id uuid not null references accounts (id) on delete cascade,
    noticed_at timestamptz not null,
    resolved_at timestamptz,
    unique (detail, account_id, other_account_id),
    check (account_id < other_account_id)
  )`,
  `create index profile_conflicts_by_other on profile_conflicts (other_account_id)`,

  // Wrong national IDs given to change a payout detail, by day in Kenya.
  `create table identity_failures (
    account_id uuid not null references accounts (id) on delete cascade,
    day date not null,
    failures integer not null check (failures > 0),
    primary key (account_id, day)
  )`,

  // That an account was closed, and when; nothing about whose it was.
  `create table erasures (
    id bigint generated always as identity primary key,
    account_id uuid not null unique,
    requested_via text not null check (requested_via in ('web', 'command')),
    erased_at timestamptz not null
  )`,
];

export async function up(knex: Knex): Promise<void> {
  for (const statement of statements) await knex.raw(statement);
}
