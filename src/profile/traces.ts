import type { Knex } from 'knex';
import type { Language } from '../dialogue/languages.js';
import type { Phone } from '../phone-number.js';
import { type Reading, readingsOf } from '../replay/readings.js';
import type { Seal } from '../seal.js';
import type { Channel } from '../sessions.js';
import type { GivenBy } from './identity.js';

/** What a number's calls, SMS and logins have left behind; the oldest first, instants in ISO 8601. */
export type TracesOfNumber = {
  readonly calls: readonly {
    readonly channel: Channel;
    readonly carrier: string;
    readonly network: string | null;
    readonly language: Language;
    readonly startedAt: string;
    /** How the carrier says that it ended; null where it has not said. */
    readonly endedAs: string | null;
    /** What was shown, by its place in a flow; `topic` is the detail that it was about. */
    readonly screens: readonly {
      readonly flow: string;
      readonly state: string;
      readonly topic: string | null;
      readonly at: string;
    }[];
  }[];
  readonly messages: readonly {
    readonly carries: string;
    readonly state: string;
    readonly network: string | null;
    readonly queuedAt: string;
    readonly sentAt: string | null;
  }[];
  readonly wrongPasswords: { readonly count: number; readonly lastAt: string } | null;
  /** When an operator has looked at any of it. */
  readonly readings: readonly { readonly what: Reading['what']; readonly at: string }[];
};

/** What is kept with an account beside its profile. */
export type TracesOfAccount = {
  readonly webSessions: readonly { readonly startedAt: string; readonly expiresAt: string }[];
  /** Details that another account had as well. */
  readonly conflicts: readonly {
    readonly detail: string;
    readonly noticedAt: string;
    readonly resolvedAt: string | null;
  }[];
  /** Wrong national IDs by the day in Kenya, `2026-11-24`, and by who gave them. */
  readonly wrongIds: readonly {
    readonly day: string;
    readonly by: GivenBy;
    readonly count: number;
  }[];
};

type CallRow = {
  id: number;
  channel: Channel;
  carrier: string;
  network: string | null;
  language: Language;
  started_at: Date;
  ended_as: string | null;
};
type TurnRow = {
  session_id: number;
  flow: string;
  state: string;
  topic: string | null;
  taken_at: Date;
};
type MessageRow = {
  carries: string;
  state: string;
  network: string | null;
  created_at: Date;
  sent_at: Date | null;
};

/**
 * Reads what is kept of a number's doings from an instant on: what was before is that of whoever had the
 * number then.
 */
export async function readTracesOfNumber(
  db: Knex,
  seal: Seal,
  { phone, since }: { phone: Phone; since: Date },
): Promise<TracesOfNumber> {
  const calls: CallRow[] = await db('sessions')
    .where({ phone })
    .where('started_at', '>=', since)
    .orderBy('id');
  const turns: TurnRow[] = await db('turns')
    .where({ phone })
    .orderBy(['session_id', 'number'])
    .select('session_id', 'flow', 'state', 'topic', 'taken_at');
  const messages: MessageRow[] = await db('messages')
    .where({ phone })
    .where('created_at', '>=', since)
    .orderBy('created_at');
  const wrong: { failures: number; last_at: Date } | undefined = await db('login_failures')
    .where({ phone })
    .where('last_at', '>=', since)
    .first();
  const readings = await readingsOf(db, seal, phone);
  const screens = new Map<number, TurnRow[]>(calls.map(({ id }) => [id, []]));
  for (const turn of turns) screens.get(turn.session_id)?.push(turn);
  return {
    calls: calls.map(({ id, channel, carrier, network, language, started_at, ended_as }) => ({
      ...{ channel, carrier, network, language },
      startedAt: started_at.toISOString(),
      endedAs: ended_as,
      screens: (screens.get(id) ?? []).map(({ flow, state, topic, taken_at }) => ({
        ...{ flow, state, topic },
        at: taken_at.toISOString(),
      })),
    })),
    messages: messages.map(({ carries, state, network, created_at, sent_at }) => ({
      ...{ carries, state, network },
      queuedAt: created_at.toISOString(),
      sentAt: sent_at?.toISOString() ?? null,
    })),
    wrongPasswords: wrong ? { count: wrong.failures, lastAt: wrong.last_at.toISOString() } : null,
    readings: readings
      .filter(({ at }) => at >= since)
      .map(({ what, at }) => ({ what, at: at.toISOString() }))
      .reverse(),
  };
}

/** Reads what is kept with an account. */
export async function readTracesOfAccount(db: Knex, accountId: string): Promise<TracesOfAccount> {
  const sessions: { started_at: Date; expires_at: Date }[] = await db('web_sessions')
    .where({ account_id: accountId })
    .orderBy('started_at');
  const conflicts: { detail: string; noticed_at: Date; resolved_at: Date | null }[] = await db(
    'profile_conflicts',
  )
    .where({ account_id: accountId })
    .orWhere({ other_account_id: accountId })
    .orderBy('id');
  const wrong: { day: string; given_by: GivenBy; failures: number }[] = await db(
    'identity_failures',
  )
    .where({ account_id: accountId })
    .orderBy(['day', 'given_by']);
  return {
    webSessions: sessions.map(({ started_at, expires_at }) => ({
      startedAt: started_at.toISOString(),
      expiresAt: expires_at.toISOString(),
    })),
    conflicts: conflicts.map(({ detail, noticed_at, resolved_at }) => ({
      detail,
      noticedAt: noticed_at.toISOString(),
      resolvedAt: resolved_at?.toISOString() ?? null,
    })),
    wrongIds: wrong.map(({ day, given_by, failures }) => ({ day, by: given_by, count: failures })),
  };
}
