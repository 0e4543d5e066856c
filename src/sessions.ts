import type { Knex } from 'knex';
import type { CallEnding } from './channels/channel.js';
import type { Transaction } from './database/transaction.js';
import type { Phone } from './phone-number.js';

export type Channel = 'ussd' | 'sms' | 'web';

/** Leaves no call of the number open to be gone on with, but the one of this session. */
export async function dropUnfinished(
  trx: Transaction,
  { phone, session }: { readonly phone: Phone; readonly session: string },
): Promise<void> {
  await trx('sessions')
    .where({ phone, channel: 'ussd', open: true })
    .whereNot({ carrier_session: session })
    .update({ open: false });
}

/**
 * Ends all dialogues of a number, from outside of them. A call that is under way has moved on by it: its
 * next answer finds it ended.
 */
export async function closeDialogues(trx: Transaction, phone: Phone): Promise<void> {
  await trx('sessions')
    .where({ phone, open: true })
    .update({ open: false, turns: trx.raw('turns + 1') });
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
