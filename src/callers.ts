import type { Knex } from 'knex';
import type { Transaction } from './database/transaction.js';
import type { Language } from './dialogue/languages.js';
import type { Phone } from './phone-number.js';

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

/** STOP: from now on only what the person asks for. START, with null, takes it back. */
export async function setStopped(
  db: Knex | Transaction,
  { phone, at }: { phone: Phone; at: Date | null },
): Promise<void> {
  await db('callers').where({ phone }).update({ stopped_at: at });
}
