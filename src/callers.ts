import type { Knex } from 'knex';
import type { Transaction } from './database/transaction.js';
import type { Language } from './dialogue/languages.js';
import type { Phone } from './phone-number.js';

/**
 * Locks a number's row, where there is one. Locks are taken in one order everywhere, or two transactions wait
 * for each other: callers (of several by their phones), then number_moves (by their ids), then accounts. So
 * whoever goes on to an account of a number, or sends an SMS to it, has this row before; a turn has it from
 * where it is recorded. Who removes a number, or gives it an account, locks for `update`, and waits for all
 * others; `keyShare` waits for nobody else, and is what a row that refers to this one takes by itself.
 */
export async function lockCaller(
  trx: Transaction,
  phone: Phone,
  strength: 'keyShare' | 'noKeyUpdate' | 'update',
): Promise<boolean> {
  const row = trx('callers').where({ phone }).first('phone');
  if (strength === 'keyShare') row.forKeyShare();
  else if (strength === 'noKeyUpdate') row.forNoKeyUpdate();
  else row.forUpdate();
  return (await row) !== undefined;
}

/** Remembers that a number has been in touch; its language is kept where it chose one by its first word. */
export async function noteCaller(
  trx: Transaction,
  { phone, language, at }: { phone: Phone; language: Language | null; at: Date },
): Promise<void> {
  await trx('callers').insert({ phone, language, first_seen_at: at }).onConflict('phone').ignore();
}

/** The language of everything that the number is shown and sent from now on. */
export async function setLanguage(
  trx: Transaction,
  { phone, language }: { phone: Phone; language: Language },
): Promise<void> {
  await trx('callers').where({ phone }).update({ language });
}

/** Since when the number wants only what it asks for, also where it was never in touch; null takes it back. */
export async function setStopped(
  db: Knex | Transaction,
  { phone, at }: { phone: Phone; at: Date | null },
): Promise<void> {
  if (at === null) await db('callers').where({ phone }).update({ stopped_at: null });
  else {
    await db('callers')
      .insert({ phone, stopped_at: at, first_seen_at: at })
      .onConflict('phone')
      .merge(['stopped_at']);
  }
}

/** Whether the number has texted STOP. */
export async function hasStopped(db: Knex | Transaction, phone: Phone): Promise<boolean> {
  const stopped = await db('callers').where({ phone }).whereNotNull('stopped_at').first('phone');
  return stopped !== undefined;
}

/** The language that the number has chosen, or English. */
export async function languageOf(db: Knex | Transaction, phone: Phone): Promise<Language> {
  const caller: { language: Language | null } | undefined = await db('callers')
    .where({ phone })
    .first('language');
  return caller?.language ?? 'en';
}
