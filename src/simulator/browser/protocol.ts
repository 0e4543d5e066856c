/**
 * What the simulated network tells a phone that is looked at from outside, in the browser or in
 * the terminal. Types only: the server imports them from here because the browser's build sees
 * nothing outside its own folder.
 */

/**
 * `menu` waits for an answer; `ended` is the last screen of a call; `fault` is what a handset says
 * when the call broke; `notice` comes from the network itself; `waiting` is the time in between.
 */
export type ScreenKind = 'idle' | 'waiting' | 'menu' | 'ended' | 'fault' | 'notice';

export type HandsetScreen = {
  readonly kind: ScreenKind;
  readonly text: string;
  /** Length of the text in GSM 03.38 septets. */
  readonly septets: number;
};

export type Sms = {
  readonly id: string;
  readonly direction: 'received' | 'sent';
  /** The sender of a received message, the addressee of a sent one. */
  readonly party: string;
  readonly text: string;
  /** ISO 8601. */
  readonly at: string;
};

export type HandsetView = {
  /** Canonical: `254…`. */
  readonly phone: string;
  readonly screen: HandsetScreen;
  /** Oldest first, bounded. */
  readonly messages: readonly Sms[];
  readonly blocksPromotional: boolean;
  readonly switchedOff: boolean;
  /** Where its call rests in the service, or has ended; null where there is none, or nobody knows. */
  readonly place: Place | null;
};

/** A state of a flow. */
export type Place = { readonly flow: string; readonly state: string };

/** A flow that there is a chart of. */
export type ChartName = { readonly flow: string; readonly title: string };

/** One request on the wire and, once it has come, its answer. Secrets are masked. */
export type WireExchange = {
  readonly id: number;
  readonly at: string;
  readonly direction: 'toGateway' | 'fromGateway';
  /** The canonical number of the handset that it is about, if one is known. */
  readonly phone: string | null;
  readonly method: string;
  readonly path: string;
  /** The form as it was sent, field by field. */
  readonly fields: readonly (readonly [name: string, value: string])[];
  /** Null while the answer is awaited; status 0 when none came, with the reason as its body. */
  readonly answer: {
    readonly status: number;
    readonly body: string;
    readonly milliseconds: number;
  } | null;
};

export type NetworkView = {
  readonly ussdCode: string;
  readonly smsShortCode: string;
  readonly handsets: readonly HandsetView[];
  /** Most recent first, bounded. */
  readonly wire: readonly WireExchange[];
};

export type NetworkChange =
  | { readonly type: 'handset'; readonly handset: HandsetView }
  | { readonly type: 'forgotten'; readonly phone: string }
  | { readonly type: 'exchange'; readonly exchange: WireExchange };

/** Why a handset did not do what its keys were pressed for. */
export type Refusal = 'switchedOff' | 'busy' | 'noCall';
