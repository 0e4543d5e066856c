import type { Knex } from 'knex';

const statements = [
  /*
   * SMS of which the carrier may not know yet that we have them, from carriers that give them no id:
   * the same content again is the same SMS. A row goes when the carrier is known to know.
   */
  `create table unconfirmed_sms (
    phone msisdn not null,
    content_digest bytea not null,
    id uuid not null default gen_random_uuid(),
    received_at timestamptz not null,
    primary key (phone, content_digest)
  )`,
  `create index unconfirmed_sms_by_age on unconfirmed_sms (received_at)`,

  /*
   * The parts of long SMS, for carriers that hand them on one by one. joined_as is the id of the SMS that
   * a part has become a part of; the text, sealed, is gone once that SMS has been taken. The rest stays
   * for a while, for a carrier repeats itself.
   */
  `create table inbound_sms_parts (
    phone msisdn not null,
    carrier text not null,
    part_id text not null check (part_id <> ''),
    reference text not null,
    number smallint not null,
    total smallint not null check (total between 2 and 255),
    network text,
    text bytea,
    joined_as text,
    received_at timestamptz not null,
    primary key (phone, carrier, part_id),
    check (number between 1 and total),
    check (text is not null or joined_as is not null)
  )`,
  `create index inbound_sms_parts_waiting on inbound_sms_parts (received_at) where text is not null`,
  `create index inbound_sms_parts_by_age on inbound_sms_parts (received_at)`,
];

export async function up(knex: Knex): Promise<void> {
  for (const statement of statements) await knex.raw(statement);
}
