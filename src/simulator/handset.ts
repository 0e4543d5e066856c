import { septets } from '../dialogue/gsm.js';
import type { Phone } from '../phone-number.js';
import type { HandsetView, Place, ScreenKind, Sms } from './browser/protocol.js';

/** A USSD call as the carrier knows it. */
export type Call = {
  readonly id: string;
  readonly startedAt: Date;
  /** What was answered so far; a deep dial begins with some. */
  readonly answers: readonly string[];
  readonly hops: number;
  readonly lastResponse: string;
};

/** One phone with its SIM. A new value at each change; the network keeps the latest. */
export type Handset = {
  readonly phone: Phone;
  /** Set until the call ends or is hung up, also while an answer is awaited. */
  readonly call: Call | null;
  readonly screen: { readonly kind: ScreenKind; readonly text: string };
  readonly messages: readonly Sms[];
  readonly blocksPromotional: boolean;
  readonly switchedOff: boolean;
  /** What the service says of where the call is, to the simulator alone; no carrier hears of it. */
  readonly place: Place | null;
};

/** The handsets of a network. A number that nobody has used yet gets a new handset, switched on. */
export type Handsets = {
  get(phone: Phone): Handset;
  update(phone: Phone, change: Partial<Omit<Handset, 'phone'>>): void;
};

export const idleScreen: Handset['screen'] = { kind: 'idle', text: '' };

/** How many messages a handset keeps. */
const MEMORY = 100;

/** Switched on, with an empty inbox and nothing blocked. */
export function newHandset(phone: Phone): Handset {
  return {
    phone,
    call: null,
    screen: idleScreen,
    messages: [],
    blocksPromotional: false,
    switchedOff: false,
    place: null,
  };
}

/** The messages of a handset with one more; the oldest give way. */
export function withMessage(handset: Handset, message: Sms): Pick<Handset, 'messages'> {
  return { messages: [...handset.messages, message].slice(-MEMORY) };
}

/** A handset as it looks from outside: without the carrier's side of its call. */
export function viewOf(handset: Handset): HandsetView {
  const { phone, screen, messages, blocksPromotional, switchedOff, place } = handset;
  return {
    phone,
    screen: { ...screen, septets: septets(screen.text) },
    messages,
    blocksPromotional,
    switchedOff,
    place,
  };
}
