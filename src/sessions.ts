import type { Knex } from 'knex';
import type { Transaction } from './database/transaction.js';
import type { Language } from './dialogue/languages.js';
import type { Position } from './dialogue/screen.js';
import type { Phone } from './phone-number.js';

export type Channel = 'ussd' | 'sms' | 'web';

/** One request, as far as storage is concerned. */
export type Input = {
  readonly channel: Channel;
  readonly carrier: string;
  /** The carrier's id of the call, of the SMS, or the nonce of the web form. */
  readonly session: string;
  readonly phone: Phone;
  /** A keyed digest of all that makes the input what it is: the same input has the same one. */
  readonly digest: Buffer;
};

/** A dialogue between two turns. */
export type StoredSession = {
  readonly id: number;
  readonly language: Language;
  /** Null once it has ended. */
  readonly position: Position | null;
  readonly turns: number;
  /** What had been heard by the last turn, as its length and digest; see {@link Input}. */
  readonly heardLength: number;
  readonly heardDigest: Buffer | null;
};

/** The reply that an input has got. */
export type RecordedReply = {
  readonly text: string;
  readonly ended: boolean;
  readonly state: string;
};

/** All that a turn needs to know before it is taken. */
export type Before = {
  readonly recorded: RecordedReply | null;
  readonly session: StoredSession | null;
  /** What the caller has chosen, or null. */
  readonly language: Language | null;
};

/** What a turn leaves behind. */
export type After = {
  readonly language: Language;
  readonly position: Position;
  readonly ended: boolean;
  readonly reply: string;
  readonly slipped: boolean;
  readonly heardLength: number;
  readonly heardDigest: Buffer | null;
  readonly at: Date;
};

/** Somebody else has moved on meanwhile what the turn was taken from, so it must be taken again from the start. */
export class SessionMoved extends Error {
  override readonly name = 'SessionMoved';
}

/** An SMS goes on with the dialogue that is open for its number, up to this age. */
const SMS_DIALOGUE_LIFE_MS = 24 * 60 * 60 * 1000;

type BeforeRow = {
  reply: string | null;
  ended: boolean | null;
  state: string | null;
  id: number | null;
  language: Language;
  position: Position | null;
  turns: number;
  heard_length: number;
  heard_digest: Buffer | null;
  chosen: Language | null;
};

/** Loads what is known before a turn, in one round trip. */
export async function loadBefore(db: Knex, input: Input, now: Date): Promise<Before> {
  const { phone, carrier, channel, session, digest } = input;
  const { rows }: { rows: BeforeRow[] } = await db.raw(
    `select t.reply, t.ended, t.state, s.id, s.language, s.position, s.turns, s.heard_length, s.heard_digest,
        c.language as chosen
      from (select 1) as once
      left join turns t on t.phone = :phone and t.input_digest = :digest
      left join sessions s on s.phone = :phone and s.channel = :channel and ${
        channel === 'sms'
          ? 's.position is not null and s.turned_at > :since'
          : 's.carrier = :carrier and s.carrier_session = :session'
      }
      left join callers c on c.phone = :phone`,
    {
      phone,
      digest,
      channel,
      ...(channel === 'sms'
        ? { since: new Date(now.getTime() - SMS_DIALOGUE_LIFE_MS) }
        : { carrier, session }),
    },
  );
  const row = rows[0];
  if (!row) throw new Error('a query without a condition gave no row');
  return {
    recorded:
      row.reply === null
        ? null
        : { text: row.reply, ended: row.ended ?? true, state: row.state ?? '' },
    session: row.id === null ? null : storedSession(row, row.id),
    language: row.chosen,
  };
}

function storedSession(row: BeforeRow, id: number): StoredSession {
  return {
    id,
    language: row.language,
    position: row.position,
    turns: row.turns,
    heardLength: row.heard_length,
    heardDigest: row.heard_digest,
  };
}

/**
 * Records a turn: the session moves on, the input has its reply. Throws {@link SessionMoved}, or
 * runs into a unique constraint, where another copy of the request was faster.
 */
export async function recordTurn(
  trx: Transaction,
  input: Input,
  before: StoredSession | null,
  after: After,
): Promise<void> {
  const moved = {
    language: after.language,
    position: after.ended ? null : JSON.stringify(after.position),
    turns: (before?.turns ?? 0) + 1,
    heard_length: after.heardLength,
    heard_digest: after.heardDigest,
    turned_at: after.at,
  };
  const id = before
    ? await moveSession(trx, before, moved)
    : await beginSession(trx, input, { ...moved, started_at: after.at });
  await trx('turns').insert({
    phone: input.phone,
    input_digest: input.digest,
    session_id: id,
    number: moved.turns,
    flow: after.position.flow,
    state: after.position.state,
    slipped: after.slipped,
    reply: after.reply,
    ended: after.ended,
    taken_at: after.at,
  });
}

async function moveSession(
  trx: Transaction,
  { id, turns }: StoredSession,
  moved: object,
): Promise<number> {
  const changed = await trx('sessions').where({ id, turns }).update(moved);
  if (changed === 0) throw new SessionMoved();
  return id;
}

async function beginSession(trx: Transaction, input: Input, begun: object): Promise<number> {
  const { phone, channel, carrier, session } = input;
  if (channel === 'sms') {
    // One open dialogue a number: a keyword ends what was open before.
    await trx('sessions')
      .where({ phone, channel })
      .whereNotNull('position')
      .update({ position: null });
  }
  const [row]: { id: number }[] = await trx('sessions')
    .insert({ phone, channel, carrier, carrier_session: session, ...begun })
    .returning('id');
  if (!row) throw new Error('an insert returned no row');
  return row.id;
}
