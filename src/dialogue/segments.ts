import { isGsm, septets } from './gsm.js';

/** A text as it goes over the air. */
export type Segmented = {
  /** `gsm`: seven bits a septet, GSM 03.38; `ucs2`: two bytes a UTF-16 unit, for any other text. */
  readonly alphabet: 'gsm' | 'ucs2';
  /** Never empty; an empty text is one empty part. */
  readonly parts: readonly string[];
};

/** What one SMS holds, and what each part of a longer one does beside its header of six octets (3GPP TS 23.040). */
const room = { gsm: { alone: 160, part: 153 }, ucs2: { alone: 70, part: 67 } } as const;

/**
 * Splits a text into the SMS that it takes. Neither the two septets of an escaped character nor the
 * two units of a surrogate pair are torn apart.
 */
export function segments(text: string): Segmented {
  const alphabet = isGsm(text) ? 'gsm' : 'ucs2';
  const sizeOf = alphabet === 'gsm' ? septets : (character: string) => character.length;
  const { alone, part: most } = room[alphabet];
  if (sizeOf(text) <= alone) return { alphabet, parts: [text] };

  const parts: string[] = [];
  let [part, size] = ['', 0];
  for (const character of text) {
    const more = sizeOf(character);
    if (size + more > most) {
      parts.push(part);
      [part, size] = ['', 0];
    }
    part += character;
    size += more;
  }
  return { alphabet, parts: [...parts, part] };
}
