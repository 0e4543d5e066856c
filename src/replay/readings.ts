import type { Knex } from 'knex';
import { deleteOldest } from '../database/delete-oldest.js';
import type { Transaction } from '../database/transaction.js';
import { maskPhone, type Phone } from '../phone-number.js';
import type { Seal } from '../seal.js';

/** What somebody has looked at. */
export type Reading = {
  readonly phone: Phone;
  readonly what: 'transcript' | 'test' | 'export';
  /** The dialogues, by their ids. */
  readonly sessions: readonly number[];
  /** Who has, as the machine that it was run on knows them. */
  readonly by: string;
  readonly at: Date;
};

/** A reading as it is kept: the number is masked, and null once its person was erased. */
export type KeptReading = Omit<Reading, 'phone'> & { readonly phone: string | null };

/**
 * Keeps that somebody reads what a person did or told, which the Data Protection Act 2019 asks a record
 * of. Call it before anything is shown.
 */
export async function recordReading(db: Knex, seal: Seal, reading: Reading): Promise<void> {
  const { phone, what, sessions, by, at } = reading;
  await db('readings').insert({
    phone_digest: digestOf(seal, phone),
    phone_masked: maskPhone(phone),
    what,
    sessions: [...sessions],
    read_by: by,
    read_at: at,
  });
}

/** Who has read what about a number, the latest first; about any number where it is null. */
export async function readingsOf(
  db: Knex,
  seal: Seal,
  phone: Phone | null,
): Promise<KeptReading[]> {
  const query = db('readings').orderBy('read_at', 'desc').orderBy('id', 'desc');
  if (phone) query.whereIn('phone_digest', [...seal.digests(PURPOSE, phone)]);
  const rows: {
    phone_masked: string | null;
    what: Reading['what'];
    sessions: unknown[];
    read_by: string;
    read_at: Date;
  }[] = await query;
  return rows.map((row) => ({
    phone: row.phone_masked,
    what: row.what,
    sessions: row.sessions.map(Number),
    by: row.read_by,
    at: row.read_at,
  }));
}

/** Leaves of a number's readings that there were some, for whoever reads has to answer for it. */
export async function forgetWhoseReadings(
  trx: Transaction,
  seal: Pick<Seal, 'digests'>,
  phone: Phone,
): Promise<void> {
  await trx('readings')
    .whereIn('phone_digest', [...seal.digests(PURPOSE, phone)])
    .update({ phone_digest: null, phone_masked: null });
}

/** Finds readings of some numbers by the present key from now on. Returns how many an earlier one had found. */
export async function rotateReadings(
  db: Knex,
  seal: Pick<Seal, 'digests'>,
  phones: readonly Phone[],
): Promise<number> {
  const digests = phones.flatMap((phone) => {
    const [present, ...former] = seal.digests(PURPOSE, phone).map((one) => one.toString('base64'));
    return former.map((old) => ({ old, present }));
  });
  const { rows } = await db.raw<{ rows: { rotated: number }[] }>(
    `with rotated as (
       update readings r set phone_digest = decode(d.present, 'base64')
       from json_to_recordset(?::json) as d (old text, present text)
       where r.phone_digest = decode(d.old, 'base64')
       returning 1
     )
     select count(*) as rotated from rotated`,
    [JSON.stringify(digests)],
  );
  return rows[0]?.rotated ?? 0;
}

/** Deletes readings from before an instant. Returns how many, a batch at most. */
export function dropOldReadings(db: Knex, before: Date): Promise<number> {
  return deleteOldest(db, 'readings', 'read_at', (readings) =>
    readings.where('read_at', '<', before),
  );
}

const PURPOSE = 'readings.phone';

function digestOf(seal: Seal, phone: Phone): Buffer {
  return seal.digest(PURPOSE, phone);
}
