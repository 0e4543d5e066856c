import type { Middleware } from 'koa';
import type { Phone } from '../phone-number.js';

/** One request of a USSD call, in our own terms. */
export type UssdTurn = {
  readonly carrier: string;
  /** The carrier's id of the call. Unique only together with the phone: ids have been seen twice. */
  readonly session: string;
  readonly phone: Phone;
  readonly said: Said;
  /** The carrier's own word for the caller's network, an open list; null where it does not say. */
  readonly network: string | null;
};

/**
 * What a caller has said, as the carrier tells it: in each request all that was answered since the
 * dial, joined by `*` and empty at first; or the last answer alone.
 */
export type Said = { readonly history: string } | LastAnswer;

/** A wire that repeats nothing. What it does not say is null: see each. */
export type LastAnswer = {
  /** At the beginning of a call: what was dialled along with the code, joined by `*`. */
  readonly answer: string;
  /** Whether the request begins a call; null: it does where the call is not known yet. */
  readonly begins: boolean | null;
  /** What tells the request from the others of its call, such as a sequence number; null: nothing does. */
  readonly request: string | null;
};

/** How a call has ended, as a carrier tells it afterwards, at best. It may never be told, and it may be told twice. */
export type CallEnding = {
  readonly carrier: string;
  readonly session: string;
  readonly phone: Phone;
  /** `abandoned`: the caller hung up or did not answer. `unknown`: a word that we do not know. */
  readonly outcome: 'completed' | 'abandoned' | 'failed' | 'unknown';
  readonly network: string | null;
  readonly durationMs: number | null;
  /** How many requests the call took. */
  readonly hops: number | null;
  readonly cost: Money | null;
};

/** An amount as carriers name it: `KES 0.8000` is 0.8 in KES. The currency is null where they leave it out. */
export type Money = { readonly currency: string | null; readonly amount: number };

/** What the caller sees. After `ended` nothing more is expected. */
export type Screen = { readonly text: string; readonly ended: boolean };

export type InboundSms = {
  readonly carrier: string;
  /** The carrier's id of the message: the same id again is the same message again. */
  readonly id: string;
  readonly phone: Phone;
  readonly text: string;
  readonly network: string | null;
  /** Where the carrier hands on the parts of a long SMS one by one; null: the text is whole. */
  readonly part: SmsPart | null;
};

/** A part of a long SMS: parts of one phone with the same reference belong together. */
export type SmsPart = {
  readonly reference: string;
  /** From 1. */
  readonly number: number;
  readonly of: number;
};

/** How far a sent SMS has come. `failed` and `delivered` are final. */
export type DeliveryState = 'sent' | 'delivered' | 'failed';

/** Why an SMS did not arrive; the first three are the subscriber's to cure. */
export type DeliveryFailure = 'blocked' | 'phoneOff' | 'inboxFull' | 'expired' | 'rejected';

export type DeliveryReport = {
  readonly carrier: string;
  readonly carrierMessageId: string;
  /** To whom the SMS went; null where the carrier does not say. */
  readonly phone: Phone | null;
  readonly network: string | null;
} & (
  | { readonly state: 'sent' | 'delivered' }
  | { readonly state: 'failed'; readonly failure: DeliveryFailure }
);

/**
 * Why a carrier did not take an SMS. `retryable` failures are the carrier's, the others ours or the
 * number's. After `timedOut` nobody knows: the carrier may have it, so it is never sent again.
 */
export const sendFailures = {
  invalidNumber: { retryable: false },
  blocked: { retryable: false },
  invalidSender: { retryable: false },
  refused: { retryable: false },
  badCredentials: { retryable: true },
  noCredit: { retryable: true },
  rateLimited: { retryable: true },
  carrierDown: { retryable: true },
  timedOut: { retryable: false },
} as const satisfies Record<string, { retryable: boolean }>;

export type SendFailure = keyof typeof sendFailures;

export type SendOutcome =
  | { readonly accepted: true; readonly carrierMessageId: string; readonly cost: string | null }
  | { readonly accepted: false; readonly failure: SendFailure };

/** What a channel tells the rest of the service. None of these rejects for a caller's fault. */
export type Listeners = {
  ussd(turn: UssdTurn): Promise<Screen>;
  callEnded(ending: CallEnding): Promise<void>;
  sms(message: InboundSms): Promise<void>;
  deliveryReport(report: DeliveryReport): Promise<void>;
  optOut(phone: Phone): Promise<void>;
};

/** Hands one SMS to a carrier. Never rejects: what went wrong is in the outcome. */
export type SendSms = (to: Phone, text: string) => Promise<SendOutcome>;

/** A carrier, or as much of one as we use. */
export type Carrier = {
  readonly name: string;
  /** Its webhooks, mounted below `/<name>/:secret`, where it speaks HTTP. */
  webhooks?(listeners: Listeners): Middleware;
  /** Its connection, where it keeps one: opened once the service listens. */
  connect?(listeners: Listeners): Promise<{ close(): Promise<void> }>;
  /** Its way out for SMS, where it has one. */
  readonly sendSms?: SendSms;
  /** Loads what sending takes, where that is slow. Rejects where it cannot: `sendSms` then says why. */
  readonly prepareToSend?: () => Promise<void>;
};
