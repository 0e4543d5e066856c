import type { Knex } from 'knex';

const statements = [
  /*
   * What a turn was, beyond the state that it came to. topic: what the screen asks for, where one state
   * asks for many things. finished: the flow whose task was done by it.
   */
  `alter table turns add column topic text, add column finished text`,

  /*
   * Calls are counted, and go, in the order in which they began; their turns are found by the phone, so
   * a turn pays for no index. BRIN would be smaller still, but does not stay selective: what is
   * deleted makes room in old pages for new rows, and its ranges only ever widen.
   */
  `create index sessions_by_start on sessions (started_at)`,
  `create index messages_by_age on messages (created_at)`,
  `create index early_delivery_reports_by_age on early_delivery_reports (received_at)`,
  `create index login_failures_by_age on login_failures (last_at)`,
  `create index identity_failures_by_day on identity_failures (day)`,
  `create index web_sessions_by_end on web_sessions (expires_at)`,

  // Calls that began up to this instant have been counted.
  `create table funnel_watermarks (
    channel text primary key check (channel in ('ussd', 'sms', 'web')),
    counted_until timestamptz not null
  )`,

  /*
   * What callers do, counted by day in Kenya: it outlives the calls themselves, and nothing in it is about
   * anybody. A call that is left unfinished counts under gave_up where its caller left it and under cut_off
   * where the network did. currency is empty where the carrier has not told what the call cost.
   */
  `create table funnel_calls (
    day date not null,
    channel text not null,
    language text not null,
    currency text not null,
    calls bigint not null,
    finished bigint not null,
    tasks bigint not null,
    gave_up bigint not null,
    cut_off bigint not null,
    cost numeric(16, 6) not null,
    primary key (day, channel, language, currency)
  )`,
  // A call counts in each flow that it came to.
  `create table funnel_flows (
    day date not null,
    flow text not null,
    channel text not null,
    language text not null,
    currency text not null,
    started bigint not null,
    finished bigint not null,
    gave_up bigint not null,
    cut_off bigint not null,
    cost numeric(16, 6) not null,
    primary key (day, flow, channel, language, currency)
  )`,
  /*
   * reached counts calls; shown, turns. stopped: the caller left here after the flow's task was done.
   * The row with an empty topic counts the state as a whole. times: how many answers took how long;
   * the bounds are in src/funnel/times.ts, and never change.
   */
  `create table funnel_screens (
    day date not null,
    flow text not null,
    state text not null,
    topic text not null,
    channel text not null,
    language text not null,
    reached bigint not null,
    shown bigint not null,
    slips bigint not null,
    gave_up bigint not null,
    cut_off bigint not null,
    stopped bigint not null,
    times bigint[] not null,
    primary key (day, flow, state, topic, channel, language)
  )`,

  /*
   * Who has read what people did or told, and when. The number is kept as a keyed digest, to find it
   * by, and masked, to recognise it by.
   */
  `create table readings (
    id bigint generated always as identity primary key,
    phone_digest bytea not null,
    phone_masked text not null,
    what text not null check (what in ('transcript', 'test', 'export')),
    sessions bigint[] not null,
    read_by text not null check (read_by <> ''),
    read_at timestamptz not null
  )`,
  `create index readings_by_phone on readings (phone_digest)`,
  `create index readings_by_age on readings (read_at)`,
];

export async function up(knex: Knex): Promise<void> {
  for (const statement of statements) await knex.raw(statement);
}
