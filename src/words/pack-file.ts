import type { Pack, Sentence } from '../dialogue/pack.js';

/** What a pack is begun with: everything is still to be translated. */
export function emptyPack(code: string): Pack {
  return { code, name: '', locale: code, words: {} };
}

/**
 * The file of a pack: every sentence beside its English, as far as it was translated. What is new is
 * empty; what English says differently by now has the old translation below, to be looked at again.
 */
export function packFile(pack: Pack, english: readonly Sentence[]): string {
  const { code, name, locale, words } = pack;
  const places = new Set(english.map(({ place }) => place));
  const data = Object.entries(words).filter(([place]) => place.startsWith('reference.'));
  const lines = english.flatMap(({ place, text }) => {
    const [from, to] = words[place] ?? ['', ''];
    if (to === '') return ['// new', entry(place, text, '')];
    if (from === text) return [entry(place, text, to)];
    return [`// English was: ${from}`, `// translated: ${to}`, entry(place, text, '')];
  });
  const gone = Object.keys(words).filter(
    (place) => !places.has(place) && !place.startsWith('reference.'),
  );
  const kept = data.map(([place, [from, to]]) => entry(place, from, to));
  return [
    "import type { Pack } from '../src/dialogue/pack.js';",
    '',
    ...instructions.map((line) => (line === '' ? '//' : `// ${line}`)),
    '',
    `export const ${code} = {`,
    `  code: '${code}',`,
    `  // The name of the language in itself, and how it writes dates (fr-FR).`,
    `  name: ${quoted(name)},`,
    `  locale: ${quoted(locale)},`,
    '  words: {',
    ...[...lines, ...kept].map((line) => line.replace(/^/gm, '    ')),
    '  },',
    '} as const satisfies Pack;',
    ...gone.map((place) => `// no longer read: ${place}: ${words[place]?.[1]}`),
    '',
  ].join('\n');
}

const instructions = [
  'For the translator. Each entry is a place, the English text and yours: write yours into the empty quotes.',
  '- {phone}, {ussdCode} and other names in braces stay as they are; put them where your language wants them.',
  '- Be as short as English: a phone shows 160 characters. Any letter with an accent but these would halve that:',
  '  à ä å æ è é ì ñ ò ö ø ù ü Ä Å Æ Ç É Ñ Ö Ø Ü ß. Only what begins with web. may have others.',
  '- keywords and sms are what people text: capitals A to Z, the one to advertise first, others after a space.',
  '  They must not be words that another language uses for something else.',
  '- In flows.language, English stands for your language: its keyword is what people text to be written to in it.',
  '- Never ask for a password. \\n is a new line.',
  '`npm run check` says what is missing, too long or out of date. `npm run words -- <code>` adds what is new.',
];

function entry(place: string, english: string, translation: string): string {
  return [`'${place}': [`, `  ${quoted(english)},`, `  ${quoted(translation)},`, '],'].join('\n');
}

/** In single quotes, or in double ones where it has an apostrophe, as everywhere in the code. */
function quoted(text: string): string {
  const written = JSON.stringify(text);
  if (text.includes("'")) return text.includes('"') ? `'${escaped(text)}'` : written;
  return `'${written.slice(1, -1).replaceAll('\\"', '"')}'`;
}

function escaped(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\n', '\\n');
}
