import { type Phone, readPhone } from '../../phone-number.js';
import type { Listeners } from '../channel.js';
import { type DeliverSm, readDeliverSm } from './deliver-sm.js';
import { type Frame, HEADER_BYTES } from './frames.js';
import type { Link, OnDeliver } from './link.js';
import { readMessage } from './message.js';
import { type IdForms, receiptedId } from './message-ids.js';
import { kindOf, readReceipt } from './receipts.js';
import { status } from './statuses.js';

/** The carrier's name in our own records. */
export const carrier = 'smpp';

/**
 * The ids of inbound SMS whose carrier gives none. Until the carrier is known to have heard our yes,
 * the same content from the same number is the same SMS again; after that it is another one.
 */
export type SmsIdentities = {
  identify(phone: Phone, content: Buffer): Promise<string>;
  /** The carrier knows that we have it, and will not send it again. */
  settle(phone: Phone, id: string): Promise<void>;
};

/** Why a `deliver_sm` was not taken. `unservedNumber` is no fault: the sender is no Kenyan mobile. */
export type InboundFault = {
  readonly kind: 'malformed' | 'unservedNumber';
  readonly what: 'pdu' | 'message' | 'receipt' | 'sender';
};

export type InboundOptions = {
  readonly listeners: Pick<Listeners, 'sms' | 'deliveryReport'>;
  readonly identities: SmsIdentities;
  readonly messageIds: IdForms;
  /** A failure on our side, thrown by a listener. */
  onError(error: unknown, what: 'sms' | 'delivery-reports'): void;
  onMalformed(fault: InboundFault): void;
};

export type Inbound = {
  readonly onDeliver: OnDeliver;
  /** Takes no more, and settles when what is under way is done. */
  stop(): Promise<void>;
};

/** How many are worked on at once; beyond it the message centre is asked to come again. */
const MOST_AT_ONCE = 32;

/** Takes what the message centre delivers. It is answered after the commit, never before. */
export function createInbound(options: InboundOptions): Inbound {
  const { listeners, identities, messageIds } = options;
  const underWay = new Set<Promise<void>>();
  const settling = new Set<Promise<void>>();
  let stopping = false;

  async function take(
    frame: Frame,
    respond: (status: number) => void,
    link: Pick<Link, 'arrived'>,
  ) {
    const pdu = readDeliverSm(frame);
    if (!pdu) return respond(refuse({ kind: 'malformed', what: 'pdu' }));
    const kind = kindOf(pdu);
    if (kind === 'receipt') return respond(await takeReceipt(pdu));
    // A phone's own acknowledgements: nothing that we have asked for.
    if (kind === 'other') return respond(status.ok);

    const phone = readPhone(pdu.source);
    if (!phone) return respond(refuse({ kind: 'unservedNumber', what: 'sender' }));
    const message = readMessage(pdu);
    if (!message) return respond(refuse({ kind: 'malformed', what: 'message' }));
    try {
      const id = await identities.identify(phone, frame.bytes.subarray(HEADER_BYTES));
      await listeners.sms({ carrier, id, phone, network: null, ...message });
      respond(status.ok);
      track(settling, settle(phone, id, link));
    } catch (error) {
      options.onError(error, 'sms');
      respond(status.temporary);
    }
  }

  async function settle(phone: Phone, id: string, link: Pick<Link, 'arrived'>): Promise<void> {
    try {
      if (await link.arrived()) await identities.settle(phone, id);
    } catch (error) {
      // It settles by itself after a while.
      options.onError(error, 'sms');
    }
  }

  async function takeReceipt(pdu: DeliverSm): Promise<number> {
    const { ids, news } = readReceipt(pdu);
    const carrierMessageId = receiptedId(messageIds, ids);
    if (carrierMessageId === null) return refuse({ kind: 'malformed', what: 'receipt' });
    if (news === null) return status.ok;
    try {
      const phone = readPhone(pdu.source);
      await listeners.deliveryReport({ carrier, carrierMessageId, phone, network: null, ...news });
      return status.ok;
    } catch (error) {
      options.onError(error, 'delivery-reports');
      return status.temporary;
    }
  }

  function refuse(fault: InboundFault): number {
    options.onMalformed(fault);
    return fault.kind === 'unservedNumber' ? status.ok : status.rejected;
  }

  return {
    onDeliver(frame, respond, link) {
      if (stopping || underWay.size >= MOST_AT_ONCE) {
        respond(status.temporary);
        return;
      }
      track(underWay, take(frame, respond, link));
    },
    async stop() {
      stopping = true;
      await Promise.all(underWay);
      await Promise.all(settling);
    },
  };
}

function track(set: Set<Promise<void>>, work: Promise<void>): void {
  set.add(work);
  void work.finally(() => set.delete(work));
}
