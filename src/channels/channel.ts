import type Router from '@koa/router';
import type { Phone } from '../phone-number.js';

/** One request of a USSD call, in our own terms. */
export type UssdTurn = {
  readonly carrier: string;
  /** The carrier's id of the call. Unique only together with the phone: ids have been seen twice. */
  readonly session: string;
  readonly phone: Phone;
  /** What the caller has answered since the dial, joined by `*`: empty at first. */
  readonly said: { readonly history: string };
};

/** What the caller sees. After `ended` nothing more is expected. */
export type Screen = { readonly text: string; readonly ended: boolean };

export type InboundSms = {
  readonly carrier: string;
  /** The carrier's id of the message: the same id again is the same message again. */
  readonly id: string;
  readonly phone: Phone;
  readonly text: string;
};

/** How far a sent SMS has come. `failed` and `delivered` are final. */
export type DeliveryState = 'sent' | 'delivered' | 'failed';

/** Why an SMS did not arrive; the first two are the subscriber's to cure. */
export type DeliveryFailure = 'blocked' | 'phoneOff' | 'expired' | 'rejected';

export type DeliveryReport = {
  readonly carrier: string;
  readonly carrierMessageId: string;
} & (
  | { readonly state: 'sent' | 'delivered' }
  | { readonly state: 'failed'; readonly failure: DeliveryFailure }
);

/** Why a carrier did not take an SMS. `retryable` failures are the carrier's, the others ours or the number's. */
export const sendFailures = {
  invalidNumber: { retryable: false },
  blocked: { retryable: false },
  invalidSender: { retryable: false },
  refused: { retryable: false },
  badCredentials: { retryable: true },
  noCredit: { retryable: true },
  rateLimited: { retryable: true },
  carrierDown: { retryable: true },
  timedOut: { retryable: true },
} as const satisfies Record<string, { retryable: boolean }>;

export type SendFailure = keyof typeof sendFailures;

export type SendOutcome =
  | { readonly accepted: true; readonly carrierMessageId: string; readonly cost: string | null }
  | { readonly accepted: false; readonly failure: SendFailure };

/** What a channel tells the rest of the service. None of these rejects for a caller's fault. */
export type Listeners = {
  ussd(turn: UssdTurn): Promise<Screen>;
  sms(message: InboundSms): Promise<void>;
  deliveryReport(report: DeliveryReport): Promise<void>;
  optOut(phone: Phone): Promise<void>;
};

/** Hands one SMS to a carrier. Never rejects: what went wrong is in the outcome. */
export type SendSms = (to: Phone, text: string) => Promise<SendOutcome>;

/** A carrier: its webhooks, mounted below `/<name>/:secret`, and its way out for SMS. */
export type Carrier = {
  readonly name: string;
  webhooks(listeners: Listeners): Router;
  readonly sendSms: SendSms;
};
