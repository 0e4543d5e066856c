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

/** A phone that speaks the carrier's wire to a gateway. */
export function createHandset(number: string, post: PostForm, nextSms: Phone['nextSms']): Phone {
  let session = '';
  let history = '';
  const turn = async () =>
    shownIn(await post('ussd', ussdForm({ session, number, text: history })));
  return {
    async dial(answers = '') {
      session = newSessionId();
      history = answers;
      return turn();
    },
    async reply(said) {
      history = history === '' ? said : `${history}*${said}`;
      return turn();
    },
    async hangUp() {
      const ending = { date: '2026-11-23 06:04:45', status: 'Incomplete', hopsCount: '1' };
      await post('ussd-events', { ...ussdForm({ session, number, text: '' }), ...ending });
      session = '';
    },
    async text(message) {
      const sms = { date: '2026-11-23 06:04:45', from: number, id: randomUUID(), text: message };
      const response = await post('sms', { ...sms, to: '22263', networkCode: '63902' });
      if (response.status !== 200) throw new Error(`SMS: ${response.status}`);
    },
    nextSms,
  };
}
