import { randomUUID } from 'node:crypto';
import type { Phone, Shown } from './conversation.js';

export const WEBHOOK_SECRET = 'a-webhook-secret-for-tests-0001';

/** Posts a form to one of Africa's Talking's webhooks. */
export type PostForm = (
  webhook: string,
  form: Readonly<Record<string, string>>,
) => Promise<Response>;

/** Posts forms to the webhooks of the gateway at an address. */
export function postTo(url: string): PostForm {
  return (webhook, form) =>
    fetch(`${url}/africastalking/${WEBHOOK_SECRET}/${webhook}`, {
      method: 'POST',
      body: new URLSearchParams(form),
    });
}

/** The fields of a USSD request as Africa's Talking sends them. */
export function ussdForm(call: { session: string; number: string; text: string }) {
  return {
    phoneNumber: call.number,
    serviceCode: '*384*27#',
    text: call.text,
    sessionId: call.session,
    networkCode: '63902',
  };
}

export function newSessionId(): string {
  return `ATUid_${randomUUID().replaceAll('-', '')}`;
}

/** Reads the wire's answer to a turn. */
export async function shownIn(response: Response): Promise<Shown> {
  const body = await response.text();
  const [, kind, text] = /^(CON|END) (.*)$/s.exec(body) ?? [];
  if (response.status !== 200 || !kind || text === undefined) {
    throw new Error(`not an answer to a turn: ${response.status} ${body}`);
  }
  return { text, ended: kind === 'END' };
}

/** What the carrier knows of a call. */
export type CallSoFar = {
  readonly session: string;
  readonly number: string;
  /** What was dialled along with the code, joined by `*`; mostly nothing. */
  readonly dialled: string;
  /** What was answered since. */
  readonly answers: readonly string[];
};

/** A carrier's line between a handset and a gateway. */
export type Line = {
  newSession(): string;
  /** Sends the call's latest step. */
  turn(call: CallSoFar): Promise<Shown>;
  /** Tells that the caller has hung up, where the wire can. */
  hangUp?(call: CallSoFar): Promise<void>;
};

/** All that a call has answered, as most carriers repeat it in every request. */
export function historyOf({ dialled, answers }: CallSoFar): string {
  return [...(dialled === '' ? [] : [dialled]), ...answers].join('*');
}

/** Africa's Talking's line. */
export function africasTalkingLine(post: PostForm): Line {
  const form = (call: CallSoFar, text: string) => ussdForm({ ...call, text });
  return {
    newSession: newSessionId,
    turn: async (call) => shownIn(await post('ussd', form(call, historyOf(call)))),
    async hangUp(call) {
      const ending = { date: '2026-11-23 06:04:45', status: 'Incomplete', hopsCount: '1' };
      await post('ussd-events', { ...form(call, ''), ...ending });
    },
  };
}

/**
 * A phone that speaks a carrier's wire to a gateway. Its SMS go by Africa's Talking, and so do its
 * calls, unless there is another line for them.
 */
export function createHandset(
  number: string,
  post: PostForm,
  nextSms: Phone['nextSms'],
  line: Line = africasTalkingLine(post),
): Phone {
  let call: CallSoFar = { session: '', number, dialled: '', answers: [] };
  return {
    async dial(dialled = '') {
      call = { session: line.newSession(), number, dialled, answers: [] };
      return line.turn(call);
    },
    async reply(said) {
      call = { ...call, answers: [...call.answers, said] };
      return line.turn(call);
    },
    async hangUp() {
      await line.hangUp?.(call);
    },
    async text(message) {
      const sms = { date: '2026-11-23 06:04:45', from: number, id: randomUUID(), text: message };
      const response = await post('sms', { ...sms, to: '22263', networkCode: '63902' });
      if (response.status !== 200) throw new Error(`SMS: ${response.status}`);
    },
    nextSms,
  };
}
