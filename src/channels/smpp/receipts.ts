import type { DeliveryFailure, DeliveryState } from '../channel.js';
import { type DeliverSm, tags } from './deliver-sm.js';
import type { ReceiptedIds } from './message-ids.js';

export type DeliveryNews =
  | { readonly state: Exclude<DeliveryState, 'failed'> }
  | { readonly state: 'failed'; readonly failure: DeliveryFailure };

/** What a receipt tells: about which SMS, and what; `news` is null where it is none. */
export type Receipt = { readonly ids: ReceiptedIds; readonly news: DeliveryNews | null };

/** What a `deliver_sm` is: SMPP 3.4, 5.2.12. */
export type Kind = 'message' | 'receipt' | 'other';

export function kindOf({ esmClass, optional }: DeliverSm): Kind {
  const type = esmClass & 0x3c;
  // 0x20 is an intermediate notification: the same form, on the way.
  if (type === 0x04 || type === 0x20) return 'receipt';
  if (type !== 0) return 'other';
  // Some message centres do not mark their receipts, and nobody can write these two in an SMS.
  const isMarked = optional.has(tags.receiptedMessageId) && optional.has(tags.messageState);
  return isMarked ? 'receipt' : 'message';
}

const rejected = { state: 'failed', failure: 'rejected' } as const;
const expired = { state: 'failed', failure: 'expired' } as const;

/** SMPP 3.4, appendix B, and how vendors write the same. A word that is not here is no news. */
const words = new Map<string, DeliveryNews>([
  ['ENROUTE', { state: 'sent' }],
  ['ACCEPTD', { state: 'sent' }],
  ['ACCEPTED', { state: 'sent' }],
  ['BUFFERD', { state: 'sent' }],
  ['DELIVRD', { state: 'delivered' }],
  ['DELIVERED', { state: 'delivered' }],
  ['EXPIRED', expired],
  ['DELETED', rejected],
  ['UNDELIV', rejected],
  ['REJECTD', rejected],
  ['REJECTED', rejected],
  ['FAILED', rejected],
]);

/** SMPP 3.4, 5.2.28. 7, unknown, is no news. */
const states = new Map<number, DeliveryNews>([
  [1, { state: 'sent' }],
  [2, { state: 'delivered' }],
  [3, expired],
  [4, rejected],
  [5, rejected],
  [6, { state: 'sent' }],
  [8, rejected],
]);

/** Reads a receipt: its text and its optional parameters, of which there may be either or both. */
export function readReceipt({ shortMessage, optional }: DeliverSm): Receipt {
  const payload = shortMessage.length > 0 ? shortMessage : optional.get(tags.messagePayload);
  // In UCS-2, or said to be but not, it is the same without the NULs. After `text:` come our own words.
  const [told = ''] = (payload ?? shortMessage)
    .toString('latin1')
    .replaceAll('\0', '')
    .split(/\btext:/i);
  const word = /\bstat:\s*([a-z]+)/i.exec(told)?.[1]?.toUpperCase() ?? '';
  const state = optional.get(tags.messageState)?.at(0);
  return {
    ids: {
      inText: id(/\bid:\s*(\S+)/i.exec(told)?.[1]),
      optional: id(optional.get(tags.receiptedMessageId)?.toString('latin1')),
    },
    news: (state === undefined ? null : states.get(state)) ?? words.get(word) ?? null,
  };
}

/** Printable and of a bearable length, with or without the NUL at its end; otherwise null. */
function id(written: string | undefined): string | null {
  const read = written?.replace(/\0+$/, '').trim() ?? '';
  return /^[\x21-\x7e]{1,65}$/.test(read) ? read : null;
}
