/** What every PDU begins with: its length, command, status and sequence number, four bytes each. */
export const HEADER_BYTES = 16;

/** Far more than any SMS takes; what says it is longer is no SMPP, or means no good. */
const LONGEST_BYTES = 16_384;

/** A PDU as it came: the header in numbers, and all of its bytes. */
export type Frame = {
  readonly command: number;
  readonly status: number;
  readonly sequence: number;
  readonly bytes: Buffer;
};

/**
 * Cuts a stream into PDUs. After a length that cannot be nobody knows where the next PDU begins:
 * `onBroken` is called, once, and what comes after is not looked at.
 */
export function createFramer(
  onFrame: (frame: Frame) => void,
  onBroken: () => void,
): (chunk: Buffer) => void {
  let rest: Buffer = Buffer.alloc(0);
  let broken = false;
  return (chunk) => {
    if (broken) return;
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    while (rest.length >= 4) {
      const length = rest.readUInt32BE(0);
      if (length < HEADER_BYTES || length > LONGEST_BYTES) {
        broken = true;
        onBroken();
        return;
      }
      if (rest.length < length) return;
      const bytes = rest.subarray(0, length);
      rest = rest.subarray(length);
      onFrame({
        command: bytes.readUInt32BE(4),
        status: bytes.readUInt32BE(8),
        sequence: bytes.readUInt32BE(12),
        bytes,
      });
    }
  };
}
