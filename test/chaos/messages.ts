import type { Knex } from 'knex';
import type { Asked } from './carrier.js';
import { PASSWORD } from './passwords.js';
import { isLate } from './replies.js';
import type { SendingApi } from './sending-api.js';

/** A message as the database has it in the end. */
export type Message = {
  readonly id: string;
  readonly phone: string;
  readonly carries: 'password' | 'reply' | 'notice';
  readonly state: string;
  readonly failure: string | null;
  /** Whether its person has asked for it. */
  readonly asked: boolean;
  readonly carrier_message_id: string | null;
  readonly created_at: Date;
};

export function readMessages(db: Knex): Promise<readonly Message[]> {
  return db('messages')
    .orderBy('created_at')
    .select(
      'id',
      'phone',
      'carries',
      'state',
      'failure',
      'asked',
      'carrier_message_id',
      'created_at',
    );
}

/**
 * Numbers that were not told by SMS what they asked for, or told it twice: a password for each turn
 * that promised one, an answer for each other SMS of theirs.
 */
export async function notAnswered(
  db: Knex,
  messages: readonly Message[],
  asked: readonly Asked[],
): Promise<unknown[]> {
  const { rows } = await db.raw<{ rows: Count[] }>(
    `select t.phone, case when t.state in ('registered', 'passwordSent') then 'password' else 'reply' end as carries,
       count(*)::int as count
     from turns t join sessions s on s.id = t.session_id
     where s.channel = 'sms' or t.state in ('registered', 'passwordSent') group by 1, 2`,
  );
  const found = countBy(
    messages.filter(({ asked }) => asked),
    ({ phone, carries }) => `${phone} ${carries}`,
  );
  // Whose call has ended because it took too long is told the result by SMS.
  const told = countBy(
    asked.filter(({ answers }) => answers.some(({ body }) => isLate(body))),
    ({ request }) => `${request.form?.['phoneNumber']?.slice(1)} reply`,
  );
  const due = new Map(rows.map(({ phone, carries, count }) => [`${phone} ${carries}`, count]));
  return [...new Set([...due.keys(), ...found.keys()])].flatMap((key) => {
    const [promised = 0, queued = 0, late = 0] = [due.get(key), found.get(key), told.get(key)];
    return promised <= queued && queued <= promised + late ? [] : [{ key, promised, queued }];
  });
}

type Count = { readonly phone: string; readonly carries: string; readonly count: number };

/**
 * SMS that were sent again though somebody may have them: whatever was not refused, whether or not
 * we heard that it was taken, is never sent a second time. A text with a password is told from all
 * others; of the rest no number may have got more than it has messages.
 */
export function sentTwice(messages: readonly Message[], { postings }: SendingApi): string[] {
  const faults: string[] = [];
  const passwords = postings.filter(({ text }) => PASSWORD.test(text));
  for (const [at, { text, answer, to }] of passwords.entries()) {
    const again = passwords.slice(at + 1).find((one) => one.text === text);
    if (again && answer !== 'refused')
      faults.push(`${to}: ${answer}, then ${again.answer}: ${text}`);
  }
  const mayHaveGone = countBy(
    messages.filter(({ state }) => state !== 'queued'),
    ({ phone }) => `+${phone}`,
  );
  const taken = countBy(
    postings.filter(({ id }) => id !== null),
    ({ to }) => to,
  );
  for (const [to, count] of taken) {
    const most = mayHaveGone.get(to) ?? 0;
    if (count > most) faults.push(`${to}: ${count} SMS were taken, of ${most} messages`);
  }
  return faults;
}

/** Messages of which the database says something else than the carrier, or nothing. */
export function misknown(messages: readonly Message[], { postings }: SendingApi): string[] {
  const known = new Map(messages.map((one) => [one.carrier_message_id, one]));
  const unknown = countBy(
    messages.filter(({ state, carrier_message_id }) => state === 'unknown' && !carrier_message_id),
    ({ phone }) => `+${phone}`,
  );
  const faults: string[] = [];
  for (const { id, to, heardAt, reported } of postings) {
    if (id === null) continue;
    const message = known.get(id);
    if (!message) {
      const left = unknown.get(to) ?? 0;
      if (left === 0)
        faults.push(`${to}: ${id} was taken (heard: ${heardAt}), and no message is it`);
      unknown.set(to, left - 1);
    } else if (`+${message.phone}` !== to) faults.push(`${to}: ${id} is another number's`);
    else if (reported ? message.state !== reported : !/^(accepted|sent)$/.test(message.state)) {
      faults.push(`${to}: ${id} is ${message.state} and was reported ${reported}`);
    }
  }
  return faults;
}

/** Messages that came to no end, or to one for which there is no reason. */
export function lost(messages: readonly Message[]): string[] {
  return messages.flatMap(({ id, phone, carries, state, failure }) => {
    const isSettled =
      ['accepted', 'sent', 'delivered', 'unknown'].includes(state) ||
      (state === 'failed' && endings.has(failure ?? ''));
    return isSettled ? [] : [`${phone} ${carries} ${id}: ${state} ${failure}`];
  });
}

/** What a network reports, a newer password, and a wish to get none. */
const endings = new Set([
  ...['blocked', 'phoneOff', 'inboxFull', 'expired', 'rejected'],
  ...['superseded', 'stopped'],
]);

export function countBy<T>(all: readonly T[], keyOf: (one: T) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const one of all) counts.set(keyOf(one), (counts.get(keyOf(one)) ?? 0) + 1);
  return counts;
}
