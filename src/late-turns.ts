import type { Knex } from 'knex';
import { lockCaller } from './callers.js';
import { inTransaction, type Transaction } from './database/transaction.js';
import { commonWords } from './dialogue/common-words.js';
import { toGsm } from './dialogue/gsm.js';
import { inEveryLanguage, type Language } from './dialogue/languages.js';
import { fill, translated } from './dialogue/pack.js';
import { sign } from './dialogue/screen.js';
import { queueSms } from './messages/queue.js';
import type { Phone } from './phone-number.js';
import { type Seal, UnknownKeyError } from './seal.js';
import { type Input, openExchange } from './turns/stored.js';

/*
 * What callers are owed who were told that their turn goes on without them. The turn itself sends what
 * it comes to. Where the process is killed in the middle of it, or it fails, another tells that nothing was
 * done, or what was done where that is recorded.
 */

const written = {
  en: {
    notDone:
      'KNEC CP2: Sorry, what you asked for in your last call was not done. Nothing was changed. Please dial {ussdCode} again.',
  },
  sw: {
    notDone:
      'KNEC CP2: Samahani, ulichoomba katika simu iliyopita hakikufanyika. Hakuna kilichobadilika. Tafadhali piga {ussdCode} tena.',
  },
};

export const lateNotices = inEveryLanguage(written, (pack) =>
  translated(pack, 'notices.late', written.en),
);

/** A turn, by its input. */
type Taken = Pick<Input, 'phone' | 'digest'>;

/** The turns of a process that go on. */
export type LateTurns = {
  /** Before the caller is told. */
  note(turn: Taken, language: Language): Promise<void>;
  /** Once the turn is through, and what it came to is recorded. */
  forget(turn: Taken): Promise<void>;
};

export function createLateTurns({
  db,
  now,
}: {
  readonly db: Knex;
  readonly now: () => Date;
}): LateTurns {
  return {
    async note({ phone, digest }, language) {
      await db('late_turns')
        .insert({ phone, input_digest: digest, language, told_at: now() })
        .onConflict(['phone', 'input_digest'])
        .ignore();
    },
    async forget({ phone, digest }) {
      await db('late_turns').where({ phone, input_digest: digest }).delete();
    },
  };
}

/** No turn takes as long, whatever is hashed before: its process is there no more, it has failed, or it gives up. */
const GIVEN_UP_AFTER_MS = 5 * 60_000;

/**
 * What a turn of which its caller was told that it goes on may have taken, in milliseconds, when it comes to be
 * recorded. Later it must not be: by another process's clock, and with a commit that waits for locks, its caller may
 * have been told by then that nothing was done.
 */
export const GOES_ON_FOR_MS = GIVEN_UP_AFTER_MS - 60_000;

/** Looked at in one round. */
const MOST_AT_ONCE = 500;

/**
 * Tells the callers of late turns that were never recorded, by SMS, that nothing was done; and of those that were,
 * what they came to, where that was not sent. Any number of processes may do it at once. Returns how many SMS were
 * queued; wake the outbox after it. Rejects once all were looked at, if any of them failed.
 */
export async function tellOfGivenUp(parts: {
  readonly db: Knex;
  readonly seal: Seal;
  readonly now: () => Date;
  readonly ussdCode: string;
}): Promise<number> {
  const { db, seal, now, ussdCode } = parts;
  const at = now();
  const before = new Date(at.getTime() - GIVEN_UP_AFTER_MS);
  const due: { phone: Phone; input_digest: Buffer }[] = await db('late_turns')
    .where('told_at', '<', before)
    .orderBy('told_at')
    .limit(MOST_AT_ONCE)
    .select('phone', 'input_digest');
  let queued = 0;
  const failures: unknown[] = [];
  for (const noted of due) {
    try {
      if (await tell(noted)) queued += 1;
    } catch (error) {
      // It must not keep the others from being told.
      failures.push(error);
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, 'late turns');
  return queued;

  function tell(noted: { phone: Phone; input_digest: Buffer }): Promise<boolean> {
    const { phone } = noted;
    return inTransaction(db, async (trx) => {
      // Whoever is erased at this moment has been, or waits.
      const caller = await lockCaller(trx, phone, 'keyShare');
      const [left]: { language: Language }[] = await trx('late_turns')
        .where(noted)
        .delete()
        .returning('language');
      if (!left || !caller) return false;
      const turn: Recorded | undefined = await trx('turns')
        .where(noted)
        .first('reply', 'ended', 'slipped', 'taken_at');
      // The language may be one of a process that has more of them.
      const { notDone } = lateNotices[left.language] ?? lateNotices.en;
      const text = turn ? await unsent(trx, seal, phone, turn) : fill(notDone, () => ussdCode);
      if (text === null) return false;
      await queueSms(trx, { phone, text: toGsm(text), carries: 'reply', at }, seal);
      return true;
    });
  }
}

type Recorded = { reply: Buffer; ended: boolean; slipped: boolean; taken_at: Date };

/**
 * The result of a recorded turn that its caller was told goes on, or null where it was sent, or is none: the
 * reply was not replaced by what the caller saw, and no SMS was queued with it.
 */
async function unsent(
  trx: Transaction,
  seal: Seal,
  phone: Phone,
  { reply, ended, slipped, taken_at }: Recorded,
): Promise<string | null> {
  // That something was changed is told besides.
  const sent = trx('messages').where({ phone, created_at: taken_at });
  if (await sent.whereNot({ carries: 'notice' }).first('id')) return null;
  try {
    const { text, position } = openExchange(seal, phone, reply);
    // Where something was done, the dialogue is over or says so above its next screen.
    if (!ended && (slipped || !position?.remark)) return null;
    return Object.values(commonWords).some(({ late }) => late === text) ? null : sign(text);
  } catch (error) {
    // Its key is gone for good.
    if (error instanceof UnknownKeyError) return null;
    throw error;
  }
}
