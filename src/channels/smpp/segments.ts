import smpp from 'smpp';

/** The fields of a `submit_sm` that hold a text, or a part of one. */
export type Segment = {
  readonly data_coding: number;
  readonly esm_class: number;
  readonly short_message: Buffer;
};

type Alphabet = {
  readonly dataCoding: number;
  /** Bytes of one SMS, and of a part of a longer one beside its header: 3GPP TS 23.040. */
  readonly whole: number;
  readonly part: number;
  readonly encode: (character: string) => Buffer;
};

/** 0 is the default alphabet of the message centre: GSM 03.38, a septet a byte, unless it says otherwise. */
const gsm: Alphabet = {
  ...{ dataCoding: 0x00, whole: 160, part: 153 },
  encode: (character) => smpp.encodings.ASCII.encode(character),
};
const ucs2: Alphabet = {
  ...{ dataCoding: 0x08, whole: 140, part: 134 },
  encode: (character) => Buffer.from(character, 'utf16le').swap16(),
};

const MOST_PARTS = 255;
const ESCAPE = '\x1b';

/**
 * Splits a text as the standard says: no character is cut in two, and each part of a long one says
 * which it is. Empty where it takes more parts than can be counted.
 *
 * @param reference tells the parts of one SMS from those of another to the same phone: 0 to 255.
 */
export function segmentsOf(text: string, reference: number): readonly Segment[] {
  const isGsm = smpp.encodings.ASCII.match(text) && !text.includes(ESCAPE);
  const { dataCoding, whole, part, encode } = isGsm ? gsm : ucs2;
  const characters = Array.from(text, encode);
  const all = Buffer.concat(characters);
  if (all.length <= whole) return [{ data_coding: dataCoding, esm_class: 0, short_message: all }];
  const parts = pack(characters, part);
  if (parts.length > MOST_PARTS) return [];
  return parts.map((body, index) => ({
    data_coding: dataCoding,
    esm_class: 0x40,
    short_message: Buffer.concat([
      Buffer.of(0x05, 0x00, 0x03, reference, parts.length, index + 1),
      body,
    ]),
  }));
}

function pack(characters: readonly Buffer[], limit: number): Buffer[] {
  const parts: Buffer[] = [];
  let open: Buffer[] = [];
  let length = 0;
  for (const character of characters) {
    if (length + character.length > limit) {
      parts.push(Buffer.concat(open));
      open = [];
      length = 0;
    }
    open.push(character);
    length += character.length;
  }
  return [...parts, Buffer.concat(open)];
}
