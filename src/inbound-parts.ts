import type { Knex } from 'knex';
import type { InboundSms } from './channels/channel.js';
import { inTransaction, type Transaction } from './database/transaction.js';
import type { Phone } from './phone-number.js';
import { type Seal, UnknownKeyError } from './seal.js';

export type InboundPartsOptions = {
  readonly db: Knex;
  readonly seal: Seal;
  readonly now: () => Date;
  /** Takes a whole SMS; one with the same id again does nothing. */
  handOn(message: InboundSms): Promise<void>;
  /** The keyword that a text begins with, without what follows it, or null. */
  keywordIn(text: string): string | null;
};

export type InboundParts = {
  /** Hands on a whole SMS at once, and parts when the last of them has come. */
  take(message: InboundSms): Promise<void>;
  /**
   * Ends the wait for parts that have not come within an hour, and hands on what was joined when a
   * process was killed. Any number of processes may do it at once.
   */
  tidy(): Promise<void>;
};

type Place = { readonly phone: Phone; readonly carrier: string };

type Row = {
  readonly part_id: string;
  readonly number: number;
  readonly total: number;
  readonly network: string | null;
  readonly text: Buffer;
};

type Group = Place & { readonly reference: string; readonly total: number };

/** Since the last of them came. Networks that still have the rest by then seldom hand it on. */
const WAIT_MS = 60 * 60 * 1000;
/** For as long as carriers may repeat a part. */
const KEPT_MS = 7 * 24 * 60 * 60 * 1000;

/** What is sealed belongs to its number: moved to another's row it does not open. */
export const partContext = (phone: Phone) => `inbound_sms_parts.text:${phone}`;

/**
 * Joins the parts of long SMS, which come in any order, more than once, and through several
 * processes. The whole has the id of its first part, so that it is taken once, whoever joins it.
 */
export function createInboundParts(options: InboundPartsOptions): InboundParts {
  const { db, seal, now, handOn } = options;

  /** Keeps a part. Returns the id of the whole that it belongs to, if that is to be handed on. */
  function keep(message: InboundSms, part: NonNullable<InboundSms['part']>) {
    const { phone, carrier, id, text, network } = message;
    return inTransaction(db, async (trx): Promise<string | null> => {
      await lockPartsOf(trx, phone);
      await trx('inbound_sms_parts')
        .insert({
          ...{ phone, carrier, network, part_id: id },
          ...{ reference: part.reference, number: part.number, total: part.of },
          text: seal.seal(text, partContext(phone)),
          received_at: now(),
        })
        .onConflict(['phone', 'carrier', 'part_id'])
        .ignore();
      const kept = await trx('inbound_sms_parts')
        .where({ phone, carrier, part_id: id })
        .first('joined_as');
      if (kept.joined_as !== null) return kept.joined_as;
      return join(trx, { phone, carrier, reference: part.reference, total: part.of }, isWhole);
    });
  }

  /** Hands on what was joined, unless somebody has done so, and forgets its text. */
  async function handOnJoined({ phone, carrier }: Place, id: string): Promise<void> {
    const joined = db('inbound_sms_parts').where({ phone, carrier, joined_as: id });
    const rows: Row[] = await joined.clone().whereNotNull('text').orderBy('received_at');
    if (rows.length === 0) return;
    const text = textOf(phone, rows);
    const network = rows[0]?.network ?? null;
    if (text !== null) await handOn({ carrier, id, phone, text, network, part: null });
    await joined.clone().update({ text: null });
  }

  /** Of an SMS that is not whole only the keyword: a value that was cut would be taken for another. */
  function textOf(phone: Phone, rows: readonly Row[]): string | null {
    const texts = new Map<number, string>();
    try {
      // A number that came twice, with another id, was sent anew.
      for (const row of rows) texts.set(row.number, seal.open(row.text, partContext(phone)));
    } catch (error) {
      // Its key is gone for good.
      if (error instanceof UnknownKeyError) return null;
      throw error;
    }
    if (!isWhole(rows)) return options.keywordIn(texts.get(1) ?? '');
    return [...texts]
      .sort(([one], [other]) => one - other)
      .map(([, text]) => text)
      .join('');
  }

  return {
    async take(message) {
      const { part } = message;
      if (!part) return handOn(message);
      const id = await keep(message, part);
      if (id !== null) await handOnJoined(message, id);
    },

    async tidy() {
      const waited = new Date(now().getTime() - WAIT_MS);
      for (const group of await staleGroups(db, waited)) {
        await inTransaction(db, async (trx) => {
          await lockPartsOf(trx, group.phone);
          await join(trx, group, (rows) => rows.every((row) => row.received_at < waited));
        });
      }
      const left: (Place & { joined_as: string })[] = await db('inbound_sms_parts')
        .where('received_at', '<', waited)
        .whereNotNull('joined_as')
        .whereNotNull('text')
        .distinct('phone', 'carrier', 'joined_as');
      // One that cannot be handed on must not keep the others from it.
      const failures: unknown[] = [];
      for (const { joined_as, ...place } of left) {
        await handOnJoined(place, joined_as).catch((error) => failures.push(error));
      }
      await db('inbound_sms_parts')
        .where('received_at', '<', new Date(now().getTime() - KEPT_MS))
        .whereNull('text')
        .delete();
      if (failures.length > 0) throw new AggregateError(failures, 'long SMS were not handed on');
    },
  };
}

/** Until the end of the transaction nobody else joins parts of this number, or they would not see each other's. */
async function lockPartsOf(trx: Transaction, phone: Phone): Promise<void> {
  await trx.raw('select pg_advisory_xact_lock(hashtextextended(?, 0))', [`sms parts ${phone}`]);
}

type Waiting = Row & { readonly received_at: Date };

/** Joins the parts of a group that wait, if it is time. Returns the id of the whole, or null. */
async function join(
  trx: Transaction,
  group: Group,
  isTime: (rows: readonly Waiting[]) => boolean,
): Promise<string | null> {
  const waiting = trx('inbound_sms_parts').where(group).whereNull('joined_as');
  const rows: Waiting[] = await waiting.clone().orderBy('received_at', 'desc');
  const first = rows.find(({ number }) => number === 1) ?? rows[0];
  if (!first || !isTime(rows)) return null;
  await waiting.clone().update({ joined_as: first.part_id });
  return first.part_id;
}

function isWhole(rows: readonly Row[]): boolean {
  return new Set(rows.map(({ number }) => number)).size === rows[0]?.total;
}

/** Groups with a part that has waited; whether all of them have is seen under the lock. */
function staleGroups(db: Knex, waited: Date): Promise<Group[]> {
  return db('inbound_sms_parts')
    .where('received_at', '<', waited)
    .whereNotNull('text')
    .whereNull('joined_as')
    .distinct('phone', 'carrier', 'reference', 'total');
}
