import type { Knex } from 'knex';
import type { CallEnding } from './channels/channel.js';
import type { Transaction } from './database/transaction.js';
import type { Language } from './dialogue/languages.js';
import type { Position } from './dialogue/screen.js';
import type { Phone } from './phone-number.js';
import { type Seal, UnknownKeyError } from './seal.js';

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
  /** Where the last USSD call of the number was left within a day, if it did not end. */
  readonly unfinished: Position | null;
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

/** What was left open can be gone on with up to this age: an exchange of SMS by the next SMS, a call by the next call. */
const OPEN_LIFE_MS = 24 * 60 * 60 * 1000;

type BeforeRow = {
  reply: Buffer | null;
  ended: boolean | null;
  state: string | null;
  id: number | null;
  language: Language;
  position: Buffer | null;
  turns: number;
  heard_length: number;
  heard_digest: Buffer | null;
  chosen: Language | null;
  unfinished: Buffer | null;
};

/** Loads what is known before a turn, in one round trip. */
export async function loadBefore(db: Knex, seal: Seal, input: Input, now: Date): Promise<Before> {
  const { phone, carrier, channel, session, digest } = input;
  const { rows }: { rows: BeforeRow[] } = await db.raw(
    `select t.reply, t.ended, t.state, s.id, s.language, s.position, s.turns, s.heard_length, s.heard_digest,
        c.language as chosen, u.position as unfinished
      from (select 1) as once
      left join turns t on t.phone = :phone and t.input_digest = :digest
      left join sessions s on s.phone = :phone and s.channel = :channel and ${
        channel === 'sms'
          ? 's.open and s.turned_at > :since'
          : 's.carrier = :carrier and s.carrier_session = :session'
      }
      left join callers c on c.phone = :phone
      left join lateral (
        select position from sessions
        where :channel = 'ussd' and s.id is null and phone = :phone and channel = 'ussd'
          and open and turned_at > :since
        order by turned_at desc limit 1
      ) u on true`,
    {
      phone,
      digest,
      channel,
      since: new Date(now.getTime() - OPEN_LIFE_MS),
      ...(channel === 'sms' ? {} : { carrier, session }),
    },
  );
  const row = rows[0];
  if (!row) throw new Error('a query without a condition gave no row');
  return {
    recorded:
      row.reply === null
        ? null
        : {
            text: seal.open(row.reply, replyContext(phone)),
            ended: row.ended ?? true,
            state: row.state ?? '',
          },
    session: row.id === null ? null : storedSession(seal, phone, row, row.id),
    language: row.chosen,
    unfinished: openPosition(seal, phone, row.unfinished),
  };
}

function storedSession(seal: Seal, phone: Phone, row: BeforeRow, id: number): StoredSession {
  return {
    id,
    language: row.language,
    position: openPosition(seal, phone, row.position),
    turns: row.turns,
    heardLength: row.heard_length,
    heardDigest: row.heard_digest,
  };
}

/** What is sealed belongs to its number: moved to another's row it does not open. */
export const positionContext = (phone: Phone) => `sessions.position:${phone}`;
export const replyContext = (phone: Phone) => `turns.reply:${phone}`;

function openPosition(seal: Seal, phone: Phone, sealed: Buffer | null): Position | null {
  if (sealed === null) return null;
  try {
    return JSON.parse(seal.open(sealed, positionContext(phone)));
  } catch (error) {
    // Its key is gone for good: a call that cannot be gone on with, and no reason to refuse the next.
    if (error instanceof UnknownKeyError) return null;
    throw error;
  }
}

/**
 * Records a turn: the session moves on, the input has its reply. Throws {@link SessionMoved}, or
 * runs into a unique constraint, where another copy of the request was faster.
 */
export async function recordTurn(
  trx: Transaction,
  seal: Seal,
  input: Input,
  before: StoredSession | null,
  after: After,
): Promise<void> {
  const moved = {
    language: after.language,
    open: !after.ended,
    position: after.ended
      ? null
      : seal.seal(JSON.stringify(after.position), positionContext(input.phone)),
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
    reply: seal.seal(after.reply, replyContext(input.phone)),
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
      .where({ open: true })
      .update({ open: false, position: null });
  }
  const [row]: { id: number }[] = await trx('sessions')
    .insert({ phone, channel, carrier, carrier_session: session, ...begun })
    .returning('id');
  if (!row) throw new Error('an insert returned no row');
  return row.id;
}

/** Leaves no call of the number open to be gone on with, but the one of this input. */
export async function dropUnfinished(
  trx: Transaction,
  { phone, session }: Pick<Input, 'phone' | 'session'>,
): Promise<void> {
  await trx('sessions')
    .where({ phone, channel: 'ussd', open: true })
    .whereNot({ carrier_session: session })
    .update({ open: false, position: null });
}

/**
 * Keeps how a call has ended, as the carrier tells it. The call stays open for the next one to go on
 * with where its caller has left it. Of a call that nobody knows nothing is kept.
 */
export async function recordEnding(db: Knex, ending: CallEnding): Promise<void> {
  const { carrier, session, phone } = ending;
  await db('sessions')
    .where({ carrier, channel: 'ussd', carrier_session: session, phone })
    .update({
      ended_as: ending.outcome,
      duration_ms: ending.durationMs,
      hops: ending.hops,
      cost: ending.cost?.amount ?? null,
      cost_currency: ending.cost?.currency ?? null,
    });
}
