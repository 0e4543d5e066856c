import type { Knex } from 'knex';

/*
 * Statement by statement: the embedded database takes one a query. Phones are canonical everywhere
 * (254, then 1 or 7, then eight digits), and every table that grows with the callers has the phone
 * in it, so that it can be distributed by phone one day.
 */
const statements = [
  `create domain msisdn as text check (value ~ '^254[17][0-9]{8}$')`,

  // Whoever has ever dialled or texted, registered or not.
  `create table callers (
    phone msisdn primary key,
    language text check (language in ('en', 'sw')),
    stopped_at timestamptz,
    first_seen_at timestamptz not null
  )`,

  `create table accounts (
    id uuid primary key default gen_random_uuid(),
    phone msisdn not null unique references callers (phone),
    password_hash text not null check (password_hash like '$argon2id$%'),
    password_kind text not null check (password_kind in ('issued', 'own')),
    password_set_at timestamptz not null,
    password_expires_at timestamptz,
    created_at timestamptz not null,
    created_via text not null check (created_via in ('ussd', 'sms', 'web')),
    check ((password_kind = 'issued') = (password_expires_at is not null))
  )`,

  `create table profile_details (
    account_id uuid not null references accounts (id) on delete cascade,
    detail text not null,
    value text not null check (value <> ''),
    changed_at timestamptz not null,
    changed_via text not null check (changed_via in ('ussd', 'sms', 'web')),
    primary key (account_id, detail)
  )`,

  /*
   * One dialogue: a USSD call, an exchange of SMS, a web form. position is where the caller is, sealed,
   * for it may hold what was shown; null once it has ended. What was heard is kept only as its length and a keyed digest, for a carrier
   * repeats all that was typed in every request, and that may be an ID number.
   */
  `create table sessions (
    id bigint generated always as identity primary key,
    phone msisdn not null references callers (phone),
    channel text not null check (channel in ('ussd', 'sms', 'web')),
    carrier text not null,
    carrier_session text not null check (carrier_session <> ''),
    language text not null check (language in ('en', 'sw')),
    position bytea,
    turns integer not null check (turns > 0),
    heard_length integer not null default 0 check (heard_length >= 0),
    heard_digest bytea,
    started_at timestamptz not null,
    turned_at timestamptz not null,
    unique (carrier, channel, carrier_session, phone)
  )`,
  `create unique index one_open_sms_dialogue on sessions (phone)
    where channel = 'sms' and position is not null`,

  // Every input ever taken, by its keyed digest, with the reply, sealed, that it got and will get again.
  `create table turns (
    phone msisdn not null,
    input_digest bytea not null,
    session_id bigint not null references sessions (id) on delete cascade,
    number integer not null check (number > 0),
    flow text not null,
    state text not null,
    slipped boolean not null,
    reply bytea not null,
    ended boolean not null,
    taken_at timestamptz not null,
    primary key (phone, input_digest),
    unique (session_id, number)
  )`,

  // The outbox. The body is encrypted, and gone as soon as the carrier has it or never will.
  `create table messages (
    id uuid primary key default gen_random_uuid(),
    phone msisdn not null references callers (phone),
    carries text not null check (carries in ('password', 'reply', 'notice')),
    state text not null
      check (state in ('queued', 'sending', 'accepted', 'sent', 'delivered', 'failed')),
    body bytea,
    attempts integer not null default 0,
    due_at timestamptz not null,
    carrier_message_id text unique,
    failure text,
    cost text,
    created_at timestamptz not null,
    changed_at timestamptz not null,
    check ((body is not null) = (state in ('queued', 'sending'))),
    check ((failure is null) or state in ('queued', 'sending', 'failed'))
  )`,
  `create index messages_due on messages (due_at) where state in ('queued', 'sending')`,
  `create index messages_by_phone on messages (phone, created_at)`,

  // Reports that came before the carrier's own answer to the sending was recorded.
  `create table early_delivery_reports (
    id bigint generated always as identity primary key,
    carrier_message_id text not null,
    state text not null check (state in ('sent', 'delivered', 'failed')),
    failure text,
    received_at timestamptz not null
  )`,
  `create index early_delivery_reports_by_message on early_delivery_reports (carrier_message_id)`,

  `create table web_sessions (
    token_digest bytea primary key,
    account_id uuid not null references accounts (id) on delete cascade,
    started_at timestamptz not null,
    expires_at timestamptz not null
  )`,
  `create index web_sessions_by_account on web_sessions (account_id)`,

  // Wrong passwords by number, whether or not the number has an account.
  `create table login_failures (
    phone msisdn primary key,
    failures integer not null check (failures > 0),
    last_at timestamptz not null,
    stopped_until timestamptz
  )`,
];

export async function up(knex: Knex): Promise<void> {
  for (const statement of statements) await knex.raw(statement);
}
