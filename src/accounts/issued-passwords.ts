import type { Knex } from 'knex';
import { runStatement, type Statement, type Values } from '../database/statement.js';
import { inTransaction, type Transaction } from '../database/transaction.js';
import {
  type BodySeal,
  INSERT_SMS,
  isUnwanted,
  type NewSms,
  smsValues,
  supersedePasswords,
} from '../messages/queue.js';
import type { Phone } from '../phone-number.js';

const MINUTE_MS = 60 * 1000;

/** An issued password lies in an SMS inbox, so it works for three days only. */
export const ISSUED_PASSWORD_LIFE_MS = 72 * 60 * MINUTE_MS;
/** A password SMS of which nobody has said anything for so long may be lost. */
export const NO_NEWS_AFTER_MS = 5 * MINUTE_MS;
/** And after so long another one is made, so often at most for each that its person asked for. */
export const ANOTHER_AFTER_MS = 10 * MINUTE_MS;
export const MOST_REMADE = 2;
/** Passwords of one number that may work at once: two that were asked for, with all made in their place. */
const MOST_AT_ONCE = 2 * (1 + MOST_REMADE);

/**
 * Parts of a `with` that issue a password besides those that work already, of which the oldest end where
 * they are too many. Their values are those of {@link issueValues}.
 */
export const ISSUING = `
  ended as (
    delete from issued_passwords where phone = :phone and id not in (
      select id from issued_passwords where phone = :phone order by issued_at desc limit ${MOST_AT_ONCE - 1})
  ), issued as (
    insert into issued_passwords (phone, hash, remade, issued_at, expires_at, look_at)
    values (:phone, :passwordHash, :remade, :at, :expiresAt, :lookAt)
  )`;

const ISSUE: Statement = { name: 'issue-password', text: `with ${ISSUING} select` };

type NewIssued = {
  readonly phone: Phone;
  readonly passwordHash: string;
  readonly at: Date;
  /** How many were made in place of one that was asked for, this one included. */
  readonly remade?: number;
};

export function issueValues({ phone, passwordHash, at, remade = 0 }: NewIssued): Values {
  const expiresAt = new Date(at.getTime() + ISSUED_PASSWORD_LIFE_MS);
  const lookAt = remade < MOST_REMADE ? new Date(at.getTime() + ANOTHER_AFTER_MS) : null;
  return { phone, passwordHash, remade, at, expiresAt, lookAt };
}

/** Issues a password besides those that work already. */
export async function issuePassword(trx: Transaction, issued: NewIssued): Promise<void> {
  await runStatement(trx, ISSUE, issueValues(issued));
}

const QUEUE: Statement = {
  name: 'queue-password-sms',
  text: `
    with sms as (${INSERT_SMS})
    update issued_passwords i set message_id = sms.id from sms
    where i.phone = sms.phone and i.id = (
      select id from issued_passwords
      where phone = :phone and message_id is null order by issued_at desc limit 1)`,
};

/** Queues the SMS that carries the password that was issued last, and notes that it does; see `queueSms`. */
export async function queuePasswordSms(
  trx: Transaction,
  sms: Omit<NewSms, 'carries'>,
  seal: BodySeal,
): Promise<void> {
  const carrying: NewSms = { ...sms, carries: 'password' };
  if (await isUnwanted(trx, carrying)) return;
  await runStatement(trx, QUEUE, smsValues(carrying, seal));
}

/**
 * Uses an issued password: from now on it is the only one of its number. False where it has stopped
 * working meanwhile, such as by the use of another.
 */
export function useIssuedPassword(
  db: Knex,
  { phone, hash, at }: { phone: Phone; hash: string; at: Date },
): Promise<boolean> {
  return inTransaction(db, async (trx) => {
    await trx('accounts').where({ phone }).forUpdate().select('id');
    const used: number = await trx('issued_passwords')
      .where({ phone, hash })
      .where('expires_at', '>', at)
      .update({ used_at: trx.raw('coalesce(used_at, ?)', [at]), look_at: null });
    if (used === 0) return false;
    await trx('issued_passwords').where({ phone }).whereNot({ hash }).delete();
    await supersedePasswords(trx, { phone, at });
    return true;
  });
}

/** Ends all issued passwords of a number. Lock its account first. */
export async function endIssuedPasswords(
  trx: Transaction,
  { phone, at }: { phone: Phone; at: Date },
): Promise<void> {
  await supersedePasswords(trx, { phone, at });
  await trx('issued_passwords').where({ phone }).delete();
}

/**
 * Ends those issued passwords of which somebody may be in possession: that were used, that have
 * arrived, or that the carrier has taken a short time ago; and those that will never arrive. One without
 * news may come at any time, and must not mislead then: it stays until one is used or its time is
 * up, and no other is made in its place any more. Lock the account first.
 */
export async function endKnownPasswords(
  trx: Transaction,
  { phone, at }: { phone: Phone; at: Date },
): Promise<void> {
  await supersedePasswords(trx, { phone, at });
  await trx.raw(
    `delete from issued_passwords i where i.phone = :phone and not (
       used_at is null and expires_at > :at and exists (
         select from messages m where m.phone = i.phone and m.id = i.message_id and (
           state in ('sending', 'unknown') or state in ('accepted', 'sent') and sent_at <= :since)))`,
    { phone, at, since: new Date(at.getTime() - NO_NEWS_AFTER_MS) },
  );
  await trx('issued_passwords').where({ phone }).update({ look_at: null });
}
