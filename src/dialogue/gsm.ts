/**
 * GSM 03.38 (3GPP TS 23.038): the alphabet that every phone shows and in which a USSD string or an
 * SMS is counted, in septets. One character outside it turns the whole text into UCS-2 and more
 * than halves what fits.
 */

const BASIC =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
const EXTENSION = '\f^{}\\[~]|€';

/** Septets by UTF-16 code unit, 0 for what is outside the alphabet: every screen is counted, so it is a table. */
const costs = new Uint8Array(0x10000);
for (const character of BASIC) costs[character.charCodeAt(0)] = 1;
for (const character of EXTENSION) costs[character.charCodeAt(0)] = 2;

/** What people's phones and word processors put in place of a plain character. */
const lookalikes: Readonly<Record<string, string>> = {
  '\u2018': "'",
  '\u2019': "'",
  '\u02bc': "'",
  '`': "'",
  '\u00b4': "'",
  '\u201c': '"',
  '\u201d': '"',
  '\u2013': '-',
  '\u2014': '-',
  '\u2026': '...',
  '\u00a0': ' ',
  '\t': ' ',
};

/** The septets that a text takes: one a character, two for `^ { } [ ] ~ \ | €`. A character outside the alphabet counts as the `?` it is sent as. */
export function septets(text: string): number {
  let sum = 0;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    // Both halves of a surrogate pair are one character.
    if (code < 0xdc00 || code > 0xdfff) sum += costs[code] || 1;
  }
  return sum;
}

/** Whether a text needs no character outside the alphabet. */
export function isGsm(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) {
    if (costs[text.charCodeAt(index)] === 0) return false;
  }
  return true;
}

/**
 * The nearest text within the alphabet: curly quotes become straight, accents that it lacks are
 * dropped (`ĩ` becomes `i`), anything else becomes `?`.
 */
export function toGsm(text: string): string {
  if (isGsm(text)) return text;
  let out = '';
  for (const character of text.normalize('NFC')) {
    if (isGsm(character)) {
      out += character;
      continue;
    }
    const plain = lookalikes[character] ?? character.normalize('NFD').replace(/\p{M}/gu, '');
    out += plain !== '' && isGsm(plain) ? plain : '?';
  }
  return out;
}
