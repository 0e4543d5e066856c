import { z } from 'zod';
import type { Phone } from '../../phone-number.js';
import type { CallEnding, DeliveryReport, InboundSms, UssdTurn } from '../channel.js';
import { readDeliveryWords } from './delivery-words.js';
import { amount, formParser, id, money, network, phone, required, text } from './fields.js';

/** The carrier's name in our own records and in its webhooks' paths. */
export const carrier = 'africastalking';

// Fields that nothing here needs are left out and so ignored: dates (two forms are seen on the
// wire) and whatever Africa's Talking may add.

/** Reads one request of a USSD call; `text` is the whole history, and passed on whole. */
export const parseUssd = formParser(
  z.object({
    sessionId: id,
    phoneNumber: phone,
    serviceCode: required,
    text,
    networkCode: network,
  }),
  (form): UssdTurn => ({
    carrier,
    session: form.sessionId,
    phone: form.phoneNumber,
    said: { history: form.text },
    network: form.networkCode,
  }),
);

const outcomes = new Map<string, CallEnding['outcome']>([
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
    cost: money,
    networkCode: network,
  }),
  (form): CallEnding => ({
    carrier,
    session: form.sessionId,
    phone: form.phoneNumber,
    outcome: outcomes.get(form.status.trim().toLowerCase()) ?? 'unknown',
    durationMs: form.durationInMillis,
    hops: form.hopsCount,
    cost: form.cost,
    network: form.networkCode,
  }),
);

/** Reads an inbound SMS. An empty message is a message. */
export const parseSms = formParser(
  z.object({ id, from: phone, text, networkCode: network }),
  (form): InboundSms => ({
    carrier,
    id: form.id,
    phone: form.from,
    text: form.text,
    network: form.networkCode,
    part: null,
  }),
);

/** Reads a delivery report; null for one with a status that we do not know. */
export const parseDeliveryReport = formParser(
  z.object({
    id,
    status: required,
    failureReason: z.string().default(''),
    phoneNumber: phone.nullable().catch(null),
    networkCode: network,
  }),
  (form): DeliveryReport | null => {
    const news = readDeliveryWords(form.status, form.failureReason);
    const { phoneNumber, networkCode } = form;
    return (
      news && {
        carrier,
        carrierMessageId: form.id,
        phone: phoneNumber,
        network: networkCode,
        ...news,
      }
    );
  },
);

/** Reads an opt-out from bulk SMS: whose it is. */
export const parseOptOut = formParser(
  z.object({ phoneNumber: phone }),
  (form): Phone => form.phoneNumber,
);
