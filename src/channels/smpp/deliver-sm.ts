import { type Frame, HEADER_BYTES } from './frames.js';

/** What is read of a `deliver_sm`: SMPP 3.4, 4.6.1. */
export type DeliverSm = {
  readonly source: string;
  readonly esmClass: number;
  readonly dataCoding: number;
  readonly shortMessage: Buffer;
  /** The optional parameters by their tags; of one that comes twice, the first. */
  readonly optional: ReadonlyMap<number, Buffer>;
};

/** The tags of optional parameters: SMPP 3.4, 5.3.2. */
export const tags = {
  receiptedMessageId: 0x001e,
  sarMessageReference: 0x020c,
  sarTotalSegments: 0x020e,
  sarSegmentNumber: 0x020f,
  messagePayload: 0x0424,
  messageState: 0x0427,
} as const;

class Overrun extends Error {}

/**
 * Reads a `deliver_sm`, or gives null where a length points past the end. Read here and not by the
 * package, which cuts short what is too long, runs past the end of an id without a NUL, and turns
 * bytes into text by a table that is not always the right one.
 */
export function readDeliverSm({ bytes }: Frame): DeliverSm | null {
  let at = HEADER_BYTES;
  const take = (length: number): Buffer => {
    if (at + length > bytes.length) throw new Overrun();
    at += length;
    return bytes.subarray(at - length, at);
  };
  const integer = () => take(1).readUInt8(0);
  const text = () => {
    const end = bytes.indexOf(0, at);
    if (end < 0) throw new Overrun();
    return take(end + 1 - at)
      .toString('latin1')
      .slice(0, -1);
  };

  try {
    text(); // service_type
    take(2); // source_addr_ton, source_addr_npi
    const source = text();
    take(2); // dest_addr_ton, dest_addr_npi
    text(); // destination_addr
    const esmClass = integer();
    take(2); // protocol_id, priority_flag
    text(); // schedule_delivery_time
    text(); // validity_period
    take(2); // registered_delivery, replace_if_present_flag
    const dataCoding = integer();
    take(1); // sm_default_msg_id
    const shortMessage = take(integer());

    const optional = new Map<number, Buffer>();
    // Some message centres fill up with a NUL or two: what is too short for a tag is not looked at.
    while (at + 4 <= bytes.length) {
      const tag = take(2).readUInt16BE(0);
      const value = take(take(2).readUInt16BE(0));
      if (!optional.has(tag)) optional.set(tag, value);
    }
    return { source, esmClass, dataCoding, shortMessage, optional };
  } catch (error) {
    if (error instanceof Overrun) return null;
    throw error;
  }
}
