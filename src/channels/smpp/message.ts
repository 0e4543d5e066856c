import smpp from 'smpp';
import type { SmsPart } from '../channel.js';
import { type DeliverSm, tags } from './deliver-sm.js';

/** What a phone has sent: a text, whole or a part of a longer one. */
export type Message = { readonly text: string; readonly part: SmsPart | null };

/** The text begins with a user data header. */
const UDH_INDICATOR = 0x40;

/**
 * Reads the message in a `deliver_sm`, or gives null where it is none: bytes that are no text, a
 * header that does not fit, a part with an impossible number.
 */
export function readMessage(pdu: DeliverSm): Message | null {
  const { shortMessage, optional } = pdu;
  const whole = shortMessage.length > 0 ? shortMessage : optional.get(tags.messagePayload);
  const { header, body } =
    (pdu.esmClass & UDH_INDICATOR) === 0
      ? { header: [], body: whole ?? shortMessage }
      : splitHeader(whole ?? shortMessage);
  if (header === null) return null;
  const text = decode(body, pdu.dataCoding);
  const part = partIn(header) ?? partOf(optional);
  if (text === null || part === 'impossible') return null;
  return { text: text.replaceAll('\0', ''), part: part?.of === 1 ? null : part };
}

type Element = { readonly id: number; readonly data: Buffer };

/** Splits off the user data header: 3GPP TS 23.040, 9.2.3.24. The header is null where it does not fit. */
function splitHeader(bytes: Buffer): { header: Element[] | null; body: Buffer } {
  const end = 1 + (bytes[0] ?? Number.POSITIVE_INFINITY);
  if (end > bytes.length) return { header: null, body: bytes };
  const header: Element[] = [];
  for (let at = 1; at < end; ) {
    const length = bytes[at + 1] ?? Number.POSITIVE_INFINITY;
    if (at + 2 + length > end) return { header: null, body: bytes };
    header.push({ id: bytes[at] ?? 0, data: bytes.subarray(at + 2, at + 2 + length) });
    at += 2 + length;
  }
  return { header, body: bytes.subarray(end) };
}

type Part = SmsPart | 'impossible' | null;

/** Concatenation with a reference of 8 bits, or of 16. */
function partIn(header: readonly Element[]): Part {
  for (const { id, data } of header) {
    if (id !== 0x00 && id !== 0x08) continue;
    if (data.length !== (id === 0x00 ? 3 : 4)) return 'impossible';
    const reference = data.subarray(0, -2).toString('hex');
    return possible({ reference, number: data.at(-1) ?? 0, of: data.at(-2) ?? 0 });
  }
  return null;
}

/** Concatenation by optional parameters; without all three of them there is none. */
function partOf(optional: DeliverSm['optional']): Part {
  const reference = optional.get(tags.sarMessageReference);
  const of = optional.get(tags.sarTotalSegments);
  const number = optional.get(tags.sarSegmentNumber);
  if (!reference || !of || !number) return null;
  if (reference.length !== 2 || of.length !== 1 || number.length !== 1) return 'impossible';
  return possible({
    reference: reference.toString('hex'),
    number: number.readUInt8(0),
    of: of.readUInt8(0),
  });
}

function possible(part: SmsPart): Part {
  return part.number >= 1 && part.number <= part.of ? part : 'impossible';
}

/**
 * Decodes by the data coding: SMPP 3.4, 5.2.19. Message centres also hand through what 3GPP TS
 * 23.038 has for it, where two bits name the alphabet. Null: no text, or in an alphabet that no
 * phone here writes.
 */
function decode(bytes: Buffer, dataCoding: number): string | null {
  if (dataCoding === 0x01) return Buffer.from(bytes.map((byte) => byte & 0x7f)).toString('latin1');
  if (dataCoding === 0x03) return bytes.toString('latin1');
  if (dataCoding === 0x08) return ucs2(bytes);
  if (dataCoding === 0x00 || (dataCoding & 0xf4) === 0xf0) return gsm(bytes);
  if ((dataCoding & 0xf0) !== 0x10) return null;
  if ((dataCoding & 0x0c) === 0x00) return gsm(bytes);
  return (dataCoding & 0x0c) === 0x08 ? ucs2(bytes) : null;
}

/** GSM 03.38, a septet a byte. A message centre whose default alphabet is another one shows by a byte too large. */
function gsm(bytes: Buffer): string {
  if (bytes.some((byte) => byte > 0x7f)) return bytes.toString('latin1');
  return smpp.encodings.ASCII.decode(bytes).replaceAll('\x1b', '');
}

const utf16 = new TextDecoder('utf-16be', { ignoreBOM: true });

function ucs2(bytes: Buffer): string {
  return utf16.decode(bytes.subarray(0, bytes.length - (bytes.length % 2)));
}
