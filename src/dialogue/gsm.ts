/**
 * GSM 03.38 (3GPP TS 23.038): the alphabet that every phone shows and in which a USSD string or an
 * SMS is counted, in septets. One character outside it turns the whole text into UCS-2 and more
 * than halves what fits.
 */

const BASIC =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
const EXTENSION = '\f^{}\\[~]|€';

const cost = new Map<string, number>([
  ...[...BASIC].map((character) => [character, 1] as const),
  ...[...EXTENSION].map((character) => [character, 2] as const),
]);

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
  for (const character of text) sum += cost.get(character) ?? 1;
  return sum;
}

/** Whether a text needs no character outside the alphabet. */
export function isGsm(text: string): boolean {
  for (const character of text) if (!cost.has(character)) return false;
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
    if (cost.has(character)) {
      out += character;
      continue;
    }
    const plain = lookalikes[character] ?? character.normalize('NFD').replace(/\p{M}/gu, '');
    out += plain !== '' && isGsm(plain) ? plain : '?';
  }
  return out;
}
