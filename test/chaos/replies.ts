import type { Knex } from 'knex';
import { apology } from '../../src/channels/webhooks/screens.js';
import { commonWords } from '../../src/dialogue/common-words.js';
import { notLookedAt, refusals } from '../../src/refusals.js';
import type { Asked } from './carrier.js';
import type { Answer } from './posting.js';

/**
 * Requests of which two copies were answered differently, with the answers. An end because a turn was
 * not ready after six seconds is no reply to the request: beside it, all others are the same.
 */
export function repliesThatDiffer(asked: readonly Asked[]): unknown[] {
  return asked.flatMap(({ request, answers }) => {
    const inTime = answers.filter(({ body }) => !isLate(body));
    const different = new Set(inTime.map(withoutChance));
    return different.size > 1 ? [{ ...request, answers: [...different] }] : [];
  });
}

/** Whether a caller was told that it takes longer, or too long. */
export function isLate(body: string): boolean {
  const late = [...Object.values(commonWords).map((words) => words.late), notLookedAt];
  return late.some((text) => body === `END ${text}`);
}

/** Whether a request was told that it cannot be the next one of its call. */
export function isRefused(body: string): boolean {
  return Object.values<string>(refusals).includes(body.slice('END '.length));
}

/**
 * What of an answer must be the same for all copies. Pages alone have more: the nonce of a form, which
 * is another each time, and the hour when another password may be had, which only the first one tells.
 */
function withoutChance({ status, body }: Answer): string {
  if (status === 429) return String(status);
  return `${status} ${body.replaceAll(/(name="once" value=")[^"]*/g, '$1')}`;
}

/** Answers that are none: of the wrong kind, or an apology for a fault of ours. */
export function repliesThatFail(asked: readonly Asked[]): unknown[] {
  return asked.flatMap(({ request, answers }) =>
    answers.flatMap((answer) => (isRight(request.path, answer) ? [] : [{ ...request, answer }])),
  );
}

function isRight(path: string, { status, body }: { status: number; body: string }): boolean {
  if (path.endsWith('/ussd')) {
    return status === 200 && /^(CON|END) ./.test(body) && !body.includes(apology.text);
  }
  // A browser is sent on, or told what is wrong.
  return path.startsWith('/africastalking/') ? status === 200 : status < 500;
}

/** The turns that the database has, by `phone channel session`; of SMS and web forms, by phone and channel. */
export async function turnsTaken(db: Knex): Promise<Record<string, number>> {
  const { rows } = await db.raw<{ rows: { key: string; count: number }[] }>(
    `select concat_ws(' ', s.phone, s.channel, case when s.channel = 'ussd' then s.carrier_session end) as key,
       count(*)::int as count
     from turns t join sessions s on s.id = t.session_id group by 1`,
  );
  return Object.fromEntries(rows.map(({ key, count }) => [key, count]));
}

/** Calls in which two requests were taken of which none continues the other. */
export function callsThatFork(asked: readonly Asked[]): unknown[] {
  return Object.entries(heardIn(asked)).flatMap(([call, texts]) => {
    if (!call.includes(' ussd ')) return [];
    const history = texts.toSorted((one, other) => one.length - other.length);
    const isFork = history.some((text, at) => {
      const last = history[at - 1];
      return last !== undefined && last !== '' && !text.startsWith(`${last}*`);
    });
    return isFork ? [{ call, history }] : [];
  });
}

/**
 * Keys, as those of {@link turnsTaken}, of which another number of turns was taken than heard. A request
 * that was told nothing but that it takes longer was promised nothing: it may have gone down with the
 * process that worked on it, and then the person dials again.
 */
export function wronglyTaken(
  taken: Readonly<Record<string, number>>,
  asked: readonly Asked[],
): unknown[] {
  const heard = heardIn(asked);
  const sure = heardIn(asked.filter(isAnsweredInTime));
  return [...new Set([...Object.keys(taken), ...Object.keys(heard)])].flatMap((key) => {
    const count = taken[key] ?? 0;
    const least = sure[key]?.length ?? 0;
    const most = heard[key]?.length ?? 0;
    return count < least || count > most ? [{ key, taken: count, heard: heard[key] ?? [] }] : [];
  });
}

/** Whether one of its copies at least was told more than that it takes longer. */
export function isAnsweredInTime({ answers }: Asked): boolean {
  return answers.some(({ body }) => !isLate(body));
}

/** The requests that were not refused, each once, by `phone channel session`. */
function heardIn(asked: readonly Asked[]): Record<string, readonly string[]> {
  const heard = new Map<string, Set<string>>();
  const add = (key: string, request: string) => {
    heard.set(key, (heard.get(key) ?? new Set()).add(request));
  };
  for (const { request, answers } of asked) {
    const { form = {}, path } = request;
    const phone = (form['phoneNumber'] ?? form['from'] ?? form['phone'] ?? '').slice(1);
    if (path.endsWith('/sms')) add(`${phone} sms`, form['id'] ?? '');
    if (form['once']) add(`${phone} web`, `${path} ${form['once']}`);
    if (!path.endsWith('/ussd') || isRefused(answers[0]?.body ?? '')) continue;
    add(`${phone} ussd ${form['sessionId']}`, form['text'] ?? '');
  }
  return Object.fromEntries([...heard].map(([key, requests]) => [key, [...requests]]));
}
