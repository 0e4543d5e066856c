import { z } from 'zod';
import type { Phone } from '../../phone-number.js';
import type { CallEnding, DeliveryReport, InboundSms } from '../channel.js';
import { amount, id, money, network, parser, phone, required, text } from '../webhooks/parsing.js';
import type { WireDeclaration } from '../wires/declaration.js';
import { readDeliveryWords } from './delivery-words.js';

/** The carrier's name in our own records and in its webhooks' paths. */
export const carrier = 'africastalking';

// Fields that nothing here needs are left out and so ignored: dates (two forms are seen on the
// wire), `linkId`, which is for answering at the sender's cost as we never do, and whatever Africa's
// Talking may add.

/** Its USSD: the history is repeated in every request, and passed on whole. */
export const ussd: WireDeclaration = {
  name: carrier,
  request: 'POST form',
  session: 'sessionId',
  phone: 'phoneNumber',
  text: { field: 'text', holds: 'history' },
  serviceCode: 'serviceCode',
  network: 'networkCode',
  reply: { goesOn: 'CON {text}', ends: 'END {text}' },
};

const outcomes = new Map<string, CallEnding['outcome']>([
  ['success', 'completed'],
  ['incomplete', 'abandoned'],
  ['failed', 'failed'],
]);

/**
 * Reads an end-of-session notice. Its `input`, `lastAppResponse` and `errorMessage` repeat what was
 * typed and shown: they are not in the schema, so that they go no further than the fields.
 */
export const parseUssdEnding = parser(
  z.object({
    sessionId: id,
    phoneNumber: phone,
    status: z.string(),
    durationInMillis: amount,
    hopsCount: amount,
    cost: money,
    networkCode: network,
  }),
  (fields): CallEnding => ({
    carrier,
    session: fields.sessionId,
    phone: fields.phoneNumber,
    outcome: outcomes.get(fields.status.trim().toLowerCase()) ?? 'unknown',
    durationMs: fields.durationInMillis,
    hops: fields.hopsCount,
    cost: fields.cost,
    network: fields.networkCode,
  }),
);

/** Reads an inbound SMS. An empty message is a message. */
export const parseSms = parser(
  z.object({ id, from: phone, text, networkCode: network }),
  (fields): InboundSms => ({
    carrier,
    id: fields.id,
    phone: fields.from,
    text: fields.text,
    network: fields.networkCode,
    part: null,
  }),
);

/** A delivery report: null for one with a status that we do not know. */
export type ReportNews = {
  readonly report: DeliveryReport | null;
  readonly unknownWords: readonly string[];
};

/** Reads a delivery report. */
export const parseDeliveryReport = parser(
  z.object({
    id,
    status: required,
    failureReason: z.string().default(''),
    phoneNumber: phone.nullable().catch(null),
    networkCode: network,
  }),
  (fields): ReportNews => {
    const { news, unknown } = readDeliveryWords(fields.status, fields.failureReason);
    const about = {
      carrier,
      carrierMessageId: fields.id,
      phone: fields.phoneNumber,
      network: fields.networkCode,
    };
    return { report: news && { ...about, ...news }, unknownWords: unknown };
  },
);

/** Reads an opt-out from bulk SMS: whose it is. */
export const parseOptOut = parser(
  z.object({ phoneNumber: phone }),
  (fields): Phone => fields.phoneNumber,
);
