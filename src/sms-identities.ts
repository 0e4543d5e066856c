import type { Knex } from 'knex';
import type { SmsIdentities } from './channels/smpp/index.js';
import { deleteOldest } from './database/delete-oldest.js';
import { inTransaction, type Transaction } from './database/transaction.js';
import type { Phone } from './phone-number.js';
import type { Seal } from './seal.js';

/**
 * How long a carrier that may not have heard our yes counts as repeating itself. Only a connection
 * that broke just then leaves that open; carriers come again within minutes of it.
 */
export const UNCONFIRMED_MS = 60 * 60 * 1000;

/**
 * Ids for inbound SMS whose carrier gives none, the same in every process. What was sent is kept as
 * a keyed digest only.
 */
export function createSmsIdentities({
  db,
  seal,
  now,
}: {
  db: Knex;
  seal: Seal;
  now: () => Date;
}): SmsIdentities {
  async function known(on: Knex, phone: Phone, digest: Buffer): Promise<string> {
    const at = now();
    const { rows } = await on.raw<{ rows: { id: string }[] }>(
      `insert into unconfirmed_sms as known (phone, content_digest, received_at)
      values (:phone, :digest, :at)
      on conflict (phone, content_digest) do update set
        id = case when known.received_at < :since then excluded.id else known.id end,
        received_at = excluded.received_at
      returning id`,
      { phone, digest, at, since: new Date(at.getTime() - UNCONFIRMED_MS) },
    );
    const [row] = rows;
    if (!row) throw new Error('an upsert returned no row');
    return row.id;
  }

  /** The one that came first is known by the present digest from here on, whichever key it came under. */
  async function renew(trx: Transaction, phone: Phone, digests: readonly Buffer[]): Promise<void> {
    // Two processes may have the two keys in another order.
    await trx.raw('select pg_advisory_xact_lock(hashtextextended(?, 0))', [`sms ${phone}`]);
    const [digest] = digests;
    const ids: string[] = await trx('unconfirmed_sms')
      .where({ phone })
      .whereIn('content_digest', [...digests])
      .orderBy('received_at')
      .pluck('id');
    const [first, ...others] = ids;
    if (first === undefined) return;
    await trx('unconfirmed_sms').where({ phone }).whereIn('id', others).delete();
    await trx('unconfirmed_sms').where({ phone, id: first }).update({ content_digest: digest });
  }

  return {
    async identify(phone, content) {
      const digests = seal.digests('inbound sms', content.toString('base64'));
      const [digest = Buffer.alloc(0), ...former] = digests;
      if (former.length === 0) return known(db, phone, digest);
      return inTransaction(db, async (trx) => {
        await renew(trx, phone, digests);
        return known(trx, phone, digest);
      });
    },

    async settle(phone, id) {
      await db('unconfirmed_sms').where({ phone, id }).delete();
    },
  };
}

/** Drops what has run out by itself. Returns how many, a batch at most. */
export function dropUnconfirmedSms(db: Knex, at: Date): Promise<number> {
  return deleteOldest(db, 'unconfirmed_sms', 'received_at', (sms) =>
    sms.where('received_at', '<', new Date(at.getTime() - UNCONFIRMED_MS)),
  );
}
