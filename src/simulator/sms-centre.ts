import { international, type Phone, readPhone } from '../phone-number.js';
import type { Refusal } from './browser/protocol.js';
import { type Handsets, withMessage } from './handset.js';
import { carrierDate, type PostWebhook, subscriber } from './webhooks.js';

/** What the sending API says of one addressee. */
export type Recipient = {
  readonly statusCode: number;
  readonly number: string;
  readonly status: string;
  readonly cost: string;
  readonly messageId: string;
};

export type SmsCentre = {
  /** An SMS from a handset to the short code. */
  text(phone: Phone, text: string): Promise<Refusal | null>;
  /**
   * Takes an SMS from the gateway and puts it into the inboxes that can be reached. The reports
   * on what became of it go out when `report` is called, which is after the answer.
   */
  accept(message: OutgoingSms): { recipients: readonly Recipient[]; report: () => void };
};

/** `to` may name several numbers, comma-separated. */
export type OutgoingSms = { readonly to: string; readonly from?: string; readonly message: string };

export type SmsCentreOptions = {
  readonly handsets: Handsets;
  readonly post: PostWebhook;
  readonly later: (work: Promise<unknown>) => void;
  readonly smsShortCode: string;
  readonly now: () => Date;
  readonly newId: () => string;
  readonly randomUUID: () => string;
};

type Fate =
  | { readonly status: 'Success' }
  | { readonly status: 'Failed'; readonly failureReason: 'UserInBlackList' | 'AbsentSubscriber' };

/** The carrier's side of SMS: it stores nothing, a phone that cannot be reached goes without. */
export function createSmsCentre(options: SmsCentreOptions): SmsCentre {
  const { handsets, post, later, smsShortCode, now, newId, randomUUID } = options;

  function deliver(phone: Phone, id: string, message: OutgoingSms): Fate {
    const handset = handsets.get(phone);
    if (handset.switchedOff) return { status: 'Failed', failureReason: 'AbsentSubscriber' };
    if (handset.blocksPromotional) return { status: 'Failed', failureReason: 'UserInBlackList' };
    const received = {
      id,
      direction: 'received',
      party: message.from ?? smsShortCode,
      text: message.message,
      at: now().toISOString(),
    } as const;
    handsets.update(phone, withMessage(handset, received));
    return { status: 'Success' };
  }

  return {
    async text(phone, text) {
      const handset = handsets.get(phone);
      if (handset.switchedOff) return 'switchedOff';
      const id = randomUUID();
      const at = now();
      const sent = { id, direction: 'sent', party: smsShortCode, text } as const;
      handsets.update(phone, withMessage(handset, { ...sent, at: at.toISOString() }));
      const { phoneNumber, networkCode } = subscriber(phone);
      await post('sms', phone, {
        date: carrierDate(at),
        from: phoneNumber,
        id,
        text,
        to: smsShortCode,
        networkCode,
      });
      return null;
    },

    accept(message) {
      const reports: (() => Promise<unknown>)[] = [];
      const recipients = message.to.split(',').map((written): Recipient => {
        const phone = readPhone(written);
        if (!phone) return { ...INVALID, number: written };
        const id = `ATXid_${newId()}`;
        const fate = deliver(phone, id, message);
        reports.push(() => post('delivery-reports', phone, { id, ...fate, ...subscriber(phone) }));
        return { ...ACCEPTED, number: international(phone), messageId: id };
      });
      return {
        recipients,
        report() {
          for (const report of reports) later(report());
        },
      };
    },
  };
}

const ACCEPTED = { statusCode: 101, status: 'Success', cost: 'KES 0.8000' } as const;
const INVALID = {
  statusCode: 403,
  status: 'InvalidPhoneNumber',
  cost: '0',
  messageId: 'None',
} as const;
