import type { Knex } from 'knex';
import type { CallEnding } from '../channels/channel.js';
import type { Language } from '../dialogue/languages.js';
import type { Carries, MessageFailure, MessageState } from '../messages/message.js';
import type { Phone } from '../phone-number.js';
import { type Seal, UnknownKeyError } from '../seal.js';
import type { Channel } from '../sessions.js';
import { type Exchange, openExchange } from '../turns/stored.js';

/** A call, an exchange of SMS or a web form, as it is stored. */
export type StoredCall = {
  readonly id: number;
  readonly phone: Phone;
  readonly channel: Channel;
  readonly network: string | null;
  /** The language of its last screen. */
  readonly language: Language;
  readonly startedAt: Date;
  /** What the carrier has told of its end, if it has. */
  readonly endedAs: CallEnding['outcome'] | null;
  /** In their order. */
  readonly turns: readonly StoredTurn[];
};

export type StoredTurn = {
  readonly flow: string;
  readonly state: string;
  readonly topic: string | null;
  readonly slipped: boolean;
  readonly ended: boolean;
  readonly at: Date;
  /** Null where its key is gone for good. */
  readonly exchange: Exchange | null;
  /** The SMS that it has caused; their texts are not kept. */
  readonly sms: readonly StoredSms[];
};

export type StoredSms = {
  readonly carries: Carries;
  readonly state: MessageState;
  readonly failure: MessageFailure | null;
};

/** Which dialogues of a number: the last so many, or the one of an id. */
export type Wanted = { readonly last: number } | { readonly session: number };

/** Dialogues of a number, the oldest first. */
export async function readCalls(
  db: Knex,
  seal: Seal,
  phone: Phone,
  wanted: Wanted,
): Promise<StoredCall[]> {
  const query = db('sessions').where({ phone }).orderBy('started_at', 'desc').orderBy('id', 'desc');
  const sessions: SessionRow[] = await ('last' in wanted
    ? query.limit(wanted.last)
    : query.where({ id: wanted.session }));
  const ids = sessions.map(({ id }) => id);
  const turns: TurnRow[] = await db('turns')
    .where({ phone })
    .whereIn('session_id', ids)
    .orderBy('number');
  const sms: (StoredSms & { created_at: Date })[] = await db('messages')
    .where({ phone })
    .whereIn(
      'created_at',
      turns.map(({ taken_at }) => taken_at),
    )
    .orderBy('created_at');
  return sessions.reverse().map((session) => ({
    ...{ id: session.id, phone, channel: session.channel, network: session.network },
    ...{ language: session.language, startedAt: session.started_at, endedAs: session.ended_as },
    turns: turns
      .filter((turn) => turn.session_id === session.id)
      .map((turn) => ({
        ...{ flow: turn.flow, state: turn.state, topic: turn.topic, slipped: turn.slipped },
        ...{ ended: turn.ended, at: turn.taken_at },
        exchange: opened(seal, phone, turn.reply),
        // What a turn sends is queued at the very instant of the turn.
        sms: sms
          .filter(({ created_at }) => created_at.getTime() === turn.taken_at.getTime())
          .map(({ carries, state, failure }) => ({ carries, state, failure })),
      })),
  }));
}

type SessionRow = {
  readonly id: number;
  readonly channel: Channel;
  readonly network: string | null;
  readonly language: Language;
  readonly started_at: Date;
  readonly ended_as: StoredCall['endedAs'];
};

type TurnRow = {
  readonly session_id: number;
  readonly flow: string;
  readonly state: string;
  readonly topic: string | null;
  readonly slipped: boolean;
  readonly ended: boolean;
  readonly reply: Buffer;
  readonly taken_at: Date;
};

function opened(seal: Seal, phone: Phone, reply: Buffer): Exchange | null {
  try {
    return openExchange(seal, phone, reply);
  } catch (error) {
    if (error instanceof UnknownKeyError) return null;
    throw error;
  }
}
