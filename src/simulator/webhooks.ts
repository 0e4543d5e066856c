import { international, type Phone } from '../phone-number.js';
import type { WireLog } from './wire-log.js';

/** The sandbox's network, as Africa's Talking numbers them. */
export const NETWORK_CODE = '99999';

export type WebhookRoute = 'ussd' | 'ussd-events' | 'sms' | 'delivery-reports';

/** Status 0 means that no answer came; the body then says why. */
export type WebhookAnswer = { readonly status: number; readonly body: string };

/** Posts one form to the gateway as Africa's Talking would. Never rejects. */
export type PostWebhook = (
  route: WebhookRoute,
  phone: Phone,
  fields: Readonly<Record<string, string>>,
) => Promise<WebhookAnswer>;

export type WebhookOptions = {
  readonly gatewayUrl: () => string;
  readonly webhookSecret: string;
  readonly wire: WireLog;
  /** How long the carrier waits for an answer, in milliseconds. */
  readonly patience: number;
};

/** The carrier's way to the gateway. Everything that it sends, and every answer, is put on the wire log. */
export function createPostWebhook(options: WebhookOptions): PostWebhook {
  const { gatewayUrl, webhookSecret, wire, patience } = options;

  return async (route, phone, fields) => {
    const path = `/africastalking/${webhookSecret}/${route}`;
    const noteAnswer = wire.record({
      direction: 'toGateway',
      phone,
      method: 'POST',
      path,
      fields: Object.entries(fields),
    });
    const answer = await post(new URL(path, gatewayUrl()), fields, patience);
    noteAnswer(answer.status, answer.body);
    return answer;
  };
}

async function post(
  url: URL,
  fields: Readonly<Record<string, string>>,
  patience: number,
): Promise<WebhookAnswer> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'user-agent': 'at-ussd-api/1.0',
      },
      body: encodeForm(fields),
      redirect: 'manual',
      signal: AbortSignal.timeout(patience),
    });
    return { status: response.status, body: await response.text() };
  } catch (error) {
    const timedOut = error instanceof Error && error.name === 'TimeoutError';
    return { status: 0, body: timedOut ? `no answer within ${patience} ms` : 'no connection' };
  }
}

/**
 * Everything but letters, digits and `-_.~` is percent-encoded: `*384*27#` as `%2A384%2A27%23`.
 * Half a surrogate pair, which cannot be encoded, becomes U+FFFD.
 */
export function encodeForm(fields: Readonly<Record<string, string>>): string {
  const encode = (text: string): string =>
    encodeURIComponent(Buffer.from(text).toString()).replace(
      /[!'()*]/g,
      (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
    );
  return Object.entries(fields)
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .join('&');
}

/** The fields that every form about a handset carries. */
export function subscriber(phone: Phone): { phoneNumber: string; networkCode: string } {
  return { phoneNumber: international(phone), networkCode: NETWORK_CODE };
}

/** `2026-05-03T06:04:45Z`: whole seconds, as the carrier writes them. */
export function carrierDate(date: Date): string {
  return date.toISOString().replace(/\.\d+Z$/, 'Z');
}
