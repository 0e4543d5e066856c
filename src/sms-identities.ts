import type { Knex } from 'knex';
import type { SmsIdentities } from './channels/smpp/index.js';
import { deleteOldest } from './database/delete-oldest.js';
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
  return {
    async identify(phone, content) {
      const at = now();
      const [digest, ...former] = seal.digests('inbound sms', content.toString('base64'));
      if (former.length > 0) {
        // What came first before the key was replaced is known by the former one's digest.
        await db('unconfirmed_sms')
          .where({ phone })
          .whereIn('content_digest', former)
          .whereNotExists(
            db('unconfirmed_sms as known').where({ phone, content_digest: digest }).select('id'),
          )
          .update({ content_digest: digest });
      }
      const { rows } = await db.raw<{ rows: { id: string }[] }>(
        `insert into unconfirmed_sms as known (phone, content_digest, received_at)
        values (:phone, :digest, :at)
        on conflict (phone, content_digest) do update set
          id = case when known.received_at < :since then excluded.id else known.id end,
          received_at = excluded.received_at
        returning id`,
        {
          phone,
          digest,
          at,
          since: new Date(at.getTime() - UNCONFIRMED_MS),
        },
      );
      const [row] = rows;
      if (!row) throw new Error('an upsert returned no row');
      return row.id;
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
