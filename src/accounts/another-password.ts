import type { Knex } from 'knex';
import { hasStopped, languageOf, lockCaller } from '../callers.js';
import { inTransaction, type Transaction } from '../database/transaction.js';
import { toGsm } from '../dialogue/gsm.js';
import { inEveryLanguage, type Language } from '../dialogue/languages.js';
import { fill, translated } from '../dialogue/pack.js';
import { isWithoutNews, type MessageState } from '../messages/message.js';
import type { Phone } from '../phone-number.js';
import type { Seal } from '../seal.js';
import { ANOTHER_AFTER_MS, issuePassword, queuePasswordSms } from './issued-passwords.js';
import { generatePassword, hashPassword, type RandomInt, saltOf } from './passwords.js';

const written = {
  en: {
    another:
      'KNEC CP2: Our last SMS may be lost. Another password: {password}, for 72 hours. Use either, at {web}. Tell no one.',
  },
  sw: {
    another:
      'KNEC CP2: Huenda SMS iliyopita imepotea. Nenosiri jingine: {password}, saa 72. Tumia lolote, {web}. Usimwambie mtu.',
  },
};

export const passwordNotices = inEveryLanguage(written, (pack) =>
  translated(pack, 'notices.password', written.en),
);

/** The SMS with another password, besides one that may be lost. */
export function anotherPasswordText(
  language: Language,
  quoted: { password: string; web: string },
): string {
  const facts = new Map(Object.entries(quoted));
  return toGsm(fill(passwordNotices[language].another, (name) => facts.get(name) ?? ''));
}

export type AnotherPasswordParts = {
  readonly db: Knex;
  readonly seal: Seal;
  readonly now: () => Date;
  readonly randomInt: RandomInt;
  /** The web address that messages quote. */
  readonly web: string;
};

/** Numbers looked at in one round. */
const MOST_AT_ONCE = 50;
/** A process that is killed while it looks is followed by another after this. */
const LEASE_MS = 60_000;

type Place = { readonly phone: Phone; readonly id: string };

/**
 * Makes and queues another password for each number whose last one has been without news for
 * {@link ANOTHER_AFTER_MS}, and has not been used: both work until one of them has been. Any number
 * of processes may do it at once. Returns how many were queued; wake the outbox after it.
 */
export async function sendOtherPasswords(parts: AnotherPasswordParts): Promise<number> {
  let queued = 0;
  for (const place of await claimToLookAt(parts)) {
    if (await sendAnother(parts, place)) queued += 1;
  }
  return queued;
}

async function claimToLookAt({ db, now }: AnotherPasswordParts): Promise<Place[]> {
  const at = now();
  const { rows } = await db.raw<{ rows: Place[] }>(
    `with due as materialized (
       select phone, id from issued_passwords where look_at <= :at
       order by look_at limit :most for update skip locked
     )
     update issued_passwords i set look_at = :again from due
     where i.phone = due.phone and i.id = due.id returning i.phone, i.id`,
    { at, most: MOST_AT_ONCE, again: new Date(at.getTime() + LEASE_MS) },
  );
  return rows;
}

async function sendAnother(parts: AnotherPasswordParts, place: Place): Promise<boolean> {
  const { db, seal, now, randomInt, web } = parts;
  const { phone } = place;
  const look = await lookAt(db, place, now());
  if (look !== 'another') {
    await db('issued_passwords')
      .where({ ...place, used_at: null })
      .update({ look_at: look });
    return false;
  }
  // Outside of the transaction, for hashing takes its time.
  const password = generatePassword(randomInt);
  const passwordHash = await hashPassword(password, saltOf(seal, phone));
  return inTransaction(db, async (trx) => {
    // Whoever logs in, asks for another or is erased at this moment has been, or waits.
    await lockCaller(trx, phone, 'keyShare');
    await trx('accounts').where({ phone }).forUpdate().select('id');
    const at = now();
    if ((await lookAt(trx, place, at)) !== 'another') return false;
    const [last]: { remade: number }[] = await trx('issued_passwords')
      .where(place)
      .update({ look_at: null })
      .returning('remade');
    if (!last) return false;
    await issuePassword(trx, { phone, passwordHash, at, remade: last.remade + 1 });
    const text = anotherPasswordText(await languageOf(trx, phone), { password, web });
    await queuePasswordSms(trx, { phone, text, at, asked: false }, seal);
    return true;
  });
}

type Seen = {
  used_at: Date | null;
  expires_at: Date;
  newer: boolean;
  state: MessageState | null;
  sent_at: Date | null;
};

/** Whether another password is to be made now; otherwise when to look again, null for never. */
async function lookAt(
  db: Knex | Transaction,
  { phone, id }: Place,
  at: Date,
): Promise<'another' | Date | null> {
  const seen: Seen | undefined = await db('issued_passwords as i')
    .leftJoin('messages as m', (same) => same.on('m.phone', 'i.phone').on('m.id', 'i.message_id'))
    .where({ 'i.phone': phone, 'i.id': id })
    .first(
      ...['i.used_at', 'i.expires_at', 'm.state', 'm.sent_at'],
      db.raw(
        'exists (select from issued_passwords n where n.phone = i.phone and n.issued_at > i.issued_at) as newer',
      ),
    );
  if (!seen || seen.used_at || seen.newer || seen.expires_at <= at) return null;
  if (await hasStopped(db, phone)) return null;
  const later = (from: Date) => new Date(from.getTime() + ANOTHER_AFTER_MS);
  if (seen.state === 'queued' || seen.state === 'sending') return later(at);
  if (!isWithoutNews(seen.state) || !seen.sent_at) return null;
  const due = later(seen.sent_at);
  return due <= at ? 'another' : due;
}
