import type { Knex } from 'knex';
import { kenyanDay } from '../dialogue/kenyan-time.js';

/** What may go to a carrier on one day in Kenya, from all processes together; null: as much as there is. */
export type Budget = {
  readonly messages: number | null;
  readonly shillings: number | null;
  /** Kenyan shillings that a segment is counted with until the carrier has said what it costs. */
  readonly segmentShillings: number;
};

/**
 * The last fifth is for passwords alone: nobody gets in without one, and what used up the rest may
 * be a fault of ours.
 */
const SHARE_OF_OTHERS = 0.8;

/** Of the columns that the database has; more than any day can bring. */
const NO_LIMIT = 1_000_000_000;

/** The limits of a budget, for passwords and for all others. */
export function limitsOf({ messages, shillings }: Budget) {
  const [mostMessages, mostShillings] = [messages ?? NO_LIMIT, shillings ?? NO_LIMIT];
  return {
    mostMessages,
    mostShillings,
    otherMessages: Math.floor(mostMessages * SHARE_OF_OTHERS),
    otherShillings: mostShillings * SHARE_OF_OTHERS,
  };
}

/** Begins the count of a day, unless another process has. */
export async function beginDay(db: Knex, place: { day: string; carrier: string }): Promise<void> {
  await db('sms_spending').insert(place).onConflict(['day', 'carrier']).ignore();
}

/** How much of a carrier's budget the present day has used: 1 is all of it. 0 where there is no budget. */
export async function budgetUsed(
  db: Knex,
  { carrier, budget, at }: { carrier: string; budget: Budget; at: Date },
): Promise<number> {
  const spent: { messages: number; shillings: string } | undefined = await db('sms_spending')
    .where({ day: kenyanDay(at), carrier })
    .first('messages', 'shillings');
  if (!spent) return 0;
  return Math.max(
    budget.messages === null ? 0 : spent.messages / budget.messages,
    budget.shillings === null ? 0 : Number(spent.shillings) / budget.shillings,
  );
}

/** The shillings in a carrier's own word for a cost, `KES 0.8000`; null where it says something else. */
export function shillingsIn(cost: string | null): number | null {
  const [, amount] = /^(?:KES\s*)?(\d{1,6}(?:\.\d{1,6})?)$/i.exec(cost?.trim() ?? '') ?? [];
  return amount === undefined ? null : Number(amount);
}
