import { z } from 'zod';
import type { Phone } from '../../phone-number.js';
import type { DeliveryReport, InboundSms, UssdTurn } from '../channel.js';
import { readDeliveryWords } from './delivery-words.js';
import { amount, formParser, id, phone, required, text } from './fields.js';

/** The carrier's name in our own records and in its webhooks' paths. */
export const carrier = 'africastalking';

/** How a USSD call ended, as the carrier tells it afterwards, at best. */
export type UssdEnding = {
  readonly carrier: string;
  readonly session: string;
  readonly phone: Phone;
  /** `abandoned`: the caller hung up or did not answer. `unknown`: a word that we do not know. */
  readonly outcome: 'completed' | 'abandoned' | 'failed' | 'unknown';
  readonly durationMs: number | null;
  /** How many requests the call took. */
  readonly hops: number | null;
};

// Fields that nothing here needs are left out and so ignored: dates (two forms are seen on the
// wire), costs, network codes (an open list), and whatever Africa's Talking may add.

/** Reads one request of a USSD call; `text` is the whole history, and passed on whole. */
export const parseUssd = formParser(
  z.object({ sessionId: id, phoneNumber: phone, serviceCode: required, text }),
  (form): UssdTurn => ({
    carrier,
    session: form.sessionId,
    phone: form.phoneNumber,
    said: { history: form.text },
  }),
);

const outcomes = new Map<string, UssdEnding['outcome']>([
  ['success', 'completed'],
  ['incomplete', 'abandoned'],
  ['failed', 'failed'],
]);

/**
 * Reads an end-of-session notice. Its `input`, `lastAppResponse` and `errorMessage` repeat what was
 * typed and shown: they are not in the schema, so that they go no further than the form.
 */
export const parseUssdEnding = formParser(
  z.object({
    sessionId: id,
    phoneNumber: phone,
    status: z.string(),
    durationInMillis: amount,
    hopsCount: amount,
  }),
  (form): UssdEnding => ({
    carrier,
    session: form.sessionId,
    phone: form.phoneNumber,
    outcome: outcomes.get(form.status.trim().toLowerCase()) ?? 'unknown',
    durationMs: form.durationInMillis,
    hops: form.hopsCount,
  }),
);

/** Reads an inbound SMS. An empty message is a message. */
export const parseSms = formParser(
  z.object({ id, from: phone, text }),
  (form): InboundSms => ({ carrier, id: form.id, phone: form.from, text: form.text }),
);

/** Reads a delivery report; null for one with a status that we do not know. */
export const parseDeliveryReport = formParser(
  z.object({ id, status: required, failureReason: z.string().default('') }),
  (form): DeliveryReport | null => {
    const news = readDeliveryWords(form.status, form.failureReason);
    return news && { carrier, carrierMessageId: form.id, ...news };
  },
);

/** Reads an opt-out from bulk SMS: whose it is. */
export const parseOptOut = formParser(
  z.object({ phoneNumber: phone }),
  (form): Phone => form.phoneNumber,
);
