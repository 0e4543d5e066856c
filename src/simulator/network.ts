import type { Phone } from '../phone-number.js';
import type { HandsetView, NetworkChange, NetworkView, Place } from './browser/protocol.js';
import { type Handset, type Handsets, newHandset, viewOf } from './handset.js';
import { createSmsCentre, type SmsCentre } from './sms-centre.js';
import { createUssdCalls, type UssdCalls } from './ussd-calls.js';
import { createPostWebhook } from './webhooks.js';
import { createWireLog, type WireLog } from './wire-log.js';

export type NetworkOptions = {
  /** Where the gateway listens; asked at each request, for its port may be known late. */
  readonly gatewayUrl: () => string;
  /** One of the secrets that the gateway accepts in webhook paths. */
  readonly webhookSecret: string;
  /** What people dial, `*384*27#`. */
  readonly ussdCode: string;
  /** What people text, `22263`. */
  readonly smsShortCode: string;
  readonly now: () => Date;
  readonly randomBytes: (size: number) => Uint8Array;
  readonly randomUUID: () => string;
  /** How long the carrier waits for the gateway, in milliseconds. */
  readonly patience?: number;
};

/** The settings of a handset that a person can turn. */
export type Switches = { readonly blocksPromotional?: boolean; readonly switchedOff?: boolean };

/** A mobile network in memory that speaks Africa's Talking's wire to the gateway. */
export type Network = UssdCalls &
  SmsCentre & {
    handset(phone: Phone): HandsetView;
    /** Switching off in the middle of a call loses the call. */
    setSwitches(phone: Phone, switches: Switches): void;
    /** Throws the handset away, with its call and its messages. */
    forget(phone: Phone): void;
    view(): NetworkView;
    /** Takes in where the service says that a call rests; of a call that is not of this network nothing. */
    observe(session: string, place: Place): void;
    readonly wire: WireLog;
    /** Calls back at each change until the returned function is called. */
    subscribe(listener: (change: NetworkChange) => void): () => void;
    /** Resolves when every report and notice that is on its way has been answered. */
    settled(): Promise<void>;
  };

/** Africa's Talking gives up on an application after about ten seconds. */
const CARRIER_PATIENCE = 10_000;

/** Makes a network without any handset; a number gets one when it is first used or written to. */
export function createNetwork(options: NetworkOptions): Network {
  const { ussdCode, smsShortCode, now, randomBytes, randomUUID } = options;
  const listeners = new Set<(change: NetworkChange) => void>();
  const underWay = new Set<Promise<unknown>>();
  const known = new Map<Phone, Handset>();

  function tell(change: NetworkChange): void {
    for (const listener of listeners) listener(change);
  }

  function later(work: Promise<unknown>): void {
    underWay.add(work);
    work.finally(() => underWay.delete(work));
  }

  const handsets: Handsets = {
    get: (phone) => known.get(phone) ?? newHandset(phone),
    update(phone, change) {
      const handset = { ...handsets.get(phone), ...change };
      known.set(phone, handset);
      tell({ type: 'handset', handset: viewOf(handset) });
    },
  };
  const wire = createWireLog({
    now,
    secrets: [options.webhookSecret],
    onChange: (exchange) => tell({ type: 'exchange', exchange }),
  });
  const { gatewayUrl, webhookSecret, patience = CARRIER_PATIENCE } = options;
  const post = createPostWebhook({ gatewayUrl, webhookSecret, wire, patience });
  const newId = () => Buffer.from(randomBytes(16)).toString('hex');
  const calls = createUssdCalls({ handsets, post, later, ussdCode, now, newId });
  const sms = createSmsCentre({ handsets, post, later, smsShortCode, now, newId, randomUUID });

  return {
    ...calls,
    ...sms,
    wire,
    handset: (phone) => viewOf(handsets.get(phone)),
    setSwitches(phone, switches) {
      if (switches.switchedOff) calls.hangUp(phone);
      handsets.update(phone, switches);
    },
    forget(phone) {
      if (handsets.get(phone).call) calls.hangUp(phone);
      known.delete(phone);
      tell({ type: 'forgotten', phone });
    },
    observe(session, place) {
      for (const { phone, call } of known.values()) {
        if (call?.id === session) handsets.update(phone, { place });
      }
    },
    view: () => ({
      ussdCode,
      smsShortCode,
      handsets: [...known.values()].map(viewOf),
      wire: wire.exchanges(),
    }),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async settled() {
      while (underWay.size > 0) await Promise.allSettled(underWay);
    },
  };
}
