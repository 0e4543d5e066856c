import type { Knex } from 'knex';

const statements = [
  /*
   * Passwords that were sent by SMS. Several of a number may work at once: where nobody knows whether
   * one has arrived, another is made, and whichever comes works until one of them has been used.
   * remade: 0 for the one that its person asked for, and counting for those made in its place.
   * look_at: when to see whether another is to be made; null where none is any more.
   */
  `create table issued_passwords (
    phone msisdn not null references accounts (phone) on delete cascade,
    id uuid not null default gen_random_uuid(),
    hash text not null check (hash like '$argon2id$%'),
    issued_at timestamptz not null,
    expires_at timestamptz not null,
    remade smallint not null default 0 check (remade between 0 and 2),
    message_id uuid,
    look_at timestamptz,
    used_at timestamptz,
    primary key (phone, id),
    check (used_at is null or look_at is null)
  )`,
  `create unique index one_used_password on issued_passwords (phone) where used_at is not null`,
  `create index issued_passwords_to_look_at on issued_passwords (look_at) where look_at is not null`,
  `insert into issued_passwords (phone, hash, issued_at, expires_at, message_id)
    select phone, password_hash, password_set_at, password_expires_at, (
      select id from messages m where m.phone = a.phone and carries = 'password'
      order by created_at desc limit 1
    )
    from accounts a where password_kind = 'issued' and phone is not null`,

  // The person's own password from here on; null where they have none, or have none any more.
  `alter table accounts alter column password_hash drop not null`,
  `update accounts set password_hash = null where password_kind = 'issued'`,
  `alter table accounts drop column password_kind, drop column password_expires_at`,

  /*
   * carrier, sent_at: who was given it last, and when. asked: its person has asked for it, so STOP
   * does not hold it back. network: what its delivery reports say. charged: what it counts for in
   * the day's budget, in shillings. A message of unknown fate may be with the carrier or not.
   */
  `alter table messages
    drop constraint messages_pkey,
    add primary key (phone, id),
    drop constraint messages_carrier_message_id_key,
    drop constraint messages_state_check,
    add constraint messages_state_check check
      (state in ('queued', 'sending', 'accepted', 'sent', 'delivered', 'failed', 'unknown')),
    add column carrier text,
    add column asked boolean not null default true,
    add column segments integer not null default 1 check (segments > 0),
    add column sent_at timestamptz,
    add column network text,
    add column charged numeric(12, 4) not null default 0`,
  `update messages set asked = carries <> 'notice',
    carrier = case when state <> 'queued' then 'africastalking' end,
    sent_at = case when state <> 'queued' then changed_at end`,
  `alter table messages alter column asked drop default, alter column segments drop default`,
  `create unique index messages_by_carrier_id on messages (carrier, carrier_message_id, phone)
    where carrier_message_id is not null`,
  `drop index messages_due`,
  // Passwords before the rest, as they are claimed.
  `create index messages_due on messages ((carries <> 'password'), due_at) where state = 'queued'`,
  `create index messages_leased on messages (due_at) where state = 'sending'`,

  // Dropped after some days: they come before the carrier's answer, or are about nothing of ours.
  `alter table early_delivery_reports
    add column carrier text,
    add column phone msisdn,
    add column network text`,
  `update early_delivery_reports set carrier = 'africastalking'`,
  `alter table early_delivery_reports alter column carrier set not null`,
  `drop index early_delivery_reports_by_message`,
  `create index early_delivery_reports_by_message
    on early_delivery_reports (carrier, carrier_message_id)`,
  `create index early_delivery_reports_by_phone on early_delivery_reports (phone)
    where phone is not null`,

  // What has gone to a carrier on a day in Kenya: all processes share its budget.
  `create table sms_spending (
    day date not null,
    carrier text not null,
    messages integer not null default 0 check (messages >= 0),
    shillings numeric(14, 4) not null default 0 check (shillings >= 0),
    primary key (day, carrier)
  ) with (fillfactor = 50)`,
];

export async function up(knex: Knex): Promise<void> {
  for (const statement of statements) await knex.raw(statement);
}
