import type { Client } from 'africastalking';
import { international } from '../../phone-number.js';
import type { SendSms } from '../channel.js';
import { loadSdk } from './sdk.js';
import { readAnswer, readRejection } from './send-outcome.js';

export type SenderOptions = {
  /** `sandbox` is Africa's Talking's own sandbox; any other is a live account. */
  readonly username: string;
  readonly apiKey: string;
  /** The root of the API, with or without a path and a slash at its end; null is Africa's Talking's own. */
  readonly baseUrl: string | null;
  /** Null is the account's default. */
  readonly senderId: string | null;
  /** Milliseconds, from the request to the last byte of the answer. */
  readonly timeoutMs: number;
};

/**
 * Makes the way out for SMS. It never rejects, and neither its outcomes nor anything that it throws
 * away hold the API key or the text. `timedOut` means that nobody knows: the SMS may have gone out.
 */
export function createSender(options: SenderOptions): SendSms {
  const { username, apiKey, senderId, timeoutMs } = options;
  const url = messagingUrl(options.baseUrl, username);
  let client: Client | undefined;

  return async (to, text) => {
    try {
      const sdk = await loadSdk();
      client ??= sdk.connect({ username, apiKey });
      const sms = { to: [international(to)], message: text, ...(senderId && { from: senderId }) };
      return readAnswer(await sdk.post({ client, url, timeoutMs, sms }));
    } catch (reason) {
      return readRejection(reason);
    }
  };
}

/** Where SMS are posted. Throws when the root is no URL. */
export function messagingUrl(baseUrl: string | null, username: string): URL {
  const host = username.toLowerCase() === 'sandbox' ? 'api.sandbox' : 'api';
  const root = baseUrl ?? `https://${host}.africastalking.com`;
  return new URL(`${root.replace(/\/+$/, '')}/version1/messaging`);
}
