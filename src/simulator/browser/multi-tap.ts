const LETTERS: Readonly<Record<string, string>> = {
  '1': ".,?!'@-1",
  '2': 'abc2',
  '3': 'def3',
  '4': 'ghi4',
  '5': 'jkl5',
  '6': 'mno6',
  '7': 'pqrs7',
  '8': 'tuv8',
  '9': 'wxyz9',
  '0': ' 0',
};

/** A key pressed again within this time, in milliseconds, changes the letter instead of adding one. */
const PATIENCE = 900;

export type Taps = { readonly key: string; readonly count: number; readonly at: number };

/**
 * Letters from a keypad: `2 2` makes `b`. Takes what is written, the key, the time and the taps
 * before; gives what is written now. The first letter of a word becomes a capital.
 */
export function multiTap(
  text: string,
  key: string,
  at: number,
  before: Taps | null,
): { readonly text: string; readonly taps: Taps | null } {
  const letters = LETTERS[key];
  if (!letters) return { text: text + key, taps: null };
  const again = before !== null && before.key === key && at - before.at < PATIENCE;
  const count = again ? before.count + 1 : 0;
  const kept = again ? text.slice(0, -1) : text;
  const letter = letters[count % letters.length] ?? key;
  const cased = kept === '' || kept.endsWith(' ') ? letter.toUpperCase() : letter;
  return { text: kept + cased, taps: { key, count, at } };
}
