import type { Phone } from '../phone-number.js';
import type { Refusal } from './browser/protocol.js';
import { type Call, type Handsets, idleScreen } from './handset.js';
import { carrierDate, type PostWebhook, subscriber } from './webhooks.js';

/** What Android and many others show, whatever went wrong. */
export const UGLY_MESSAGE = 'Connection problem or invalid MMI code.';

/** The code by which a Safaricom subscriber takes back the block on promotional SMS. */
export const UNBLOCK_CODE = '*456*9*5*5*1#';

export type UssdCalls = {
  dial(phone: Phone, code: string): Promise<Refusal | null>;
  reply(phone: Phone, answer: string): Promise<Refusal | null>;
  /** Leaves an open call, or clears what the last one left on the screen. Works at any time. */
  hangUp(phone: Phone): void;
};

export type UssdCallsOptions = {
  readonly handsets: Handsets;
  readonly post: PostWebhook;
  /** Sees to work that nobody waits for. */
  readonly later: (work: Promise<unknown>) => void;
  readonly ussdCode: string;
  readonly now: () => Date;
  /** 32 hexadecimal digits, never the same twice. */
  readonly newId: () => string;
};

type EndStatus = 'Success' | 'Incomplete' | 'Failed';

/** The carrier's side of USSD: it keeps the call and repeats its whole history at each request. */
export function createUssdCalls(options: UssdCallsOptions): UssdCalls {
  const { handsets, post, later, ussdCode, now, newId } = options;

  async function turn(phone: Phone, asked: Call): Promise<void> {
    const isNew = asked.hops === 0;
    handsets.update(phone, {
      ...{ call: asked, screen: { kind: 'waiting', text: '' } },
      ...(isNew && { place: null }),
    });
    const { status, body } = await post('ussd', phone, {
      sessionId: asked.id,
      serviceCode: ussdCode,
      ...subscriber(phone),
      text: asked.answers.join('*'),
    });
    if (handsets.get(phone).call !== asked) return;

    const call = { ...asked, hops: asked.hops + 1, lastResponse: body };
    const text = body.slice('CON '.length);
    if (status === 200 && body.startsWith('CON ')) {
      handsets.update(phone, { call, screen: { kind: 'menu', text } });
    } else if (status === 200 && body.startsWith('END ')) {
      handsets.update(phone, { call: null, screen: { kind: 'ended', text } });
      announceEnd(phone, call, 'Success');
    } else {
      handsets.update(phone, { call: null, screen: { kind: 'fault', text: UGLY_MESSAGE } });
      announceEnd(phone, call, 'Failed', status === 200 ? 'invalid response' : `status ${status}`);
    }
  }

  function announceEnd(phone: Phone, call: Call, status: EndStatus, errorMessage?: string): void {
    const endedAt = now();
    const event = post('ussd-events', phone, {
      date: carrierDate(endedAt),
      sessionId: call.id,
      serviceCode: ussdCode,
      ...subscriber(phone),
      status,
      cost: 'KES 0.0000',
      durationInMillis: String(endedAt.getTime() - call.startedAt.getTime()),
      hopsCount: String(call.hops),
      input: call.answers.join('*'),
      lastAppResponse: call.lastResponse,
      ...(errorMessage === undefined ? {} : { errorMessage }),
    });
    later(event);
  }

  return {
    async dial(phone, code) {
      const handset = handsets.get(phone);
      if (handset.switchedOff) return 'switchedOff';
      if (handset.call) return 'busy';

      const dialled = code.replace(/\s/g, '');
      const answers = answersDialled(dialled, ussdCode);
      if (answers) {
        const id = `ATUid_${newId()}`;
        await turn(phone, { id, startedAt: now(), answers, hops: 0, lastResponse: '' });
      } else if (dialled === UNBLOCK_CODE) {
        const text = 'You will now receive promotional messages again.';
        handsets.update(phone, { blocksPromotional: false, screen: { kind: 'notice', text } });
      } else {
        handsets.update(phone, { screen: { kind: 'fault', text: UGLY_MESSAGE } });
      }
      return null;
    },

    async reply(phone, answer) {
      const { call, screen, switchedOff } = handsets.get(phone);
      if (switchedOff) return 'switchedOff';
      if (!call) return 'noCall';
      if (screen.kind === 'waiting') return 'busy';
      await turn(phone, { ...call, answers: [...call.answers, answer] });
      return null;
    },

    hangUp(phone) {
      const { call } = handsets.get(phone);
      handsets.update(phone, { call: null, screen: idleScreen, place: null });
      if (call) announceEnd(phone, call, 'Incomplete');
    },
  };
}

/**
 * What a dialled code answers in advance: nothing for the service code itself, `1` and `2` for a
 * deep dial such as `*384*27*1*2#` on `*384*27#`, null for a code of somebody else.
 */
export function answersDialled(dialled: string, ussdCode: string): readonly string[] | null {
  if (dialled === ussdCode) return [];
  const stem = `${ussdCode.slice(0, -1)}*`;
  if (!dialled.startsWith(stem) || !dialled.endsWith('#')) return null;
  return dialled.slice(stem.length, -1).split('*');
}
