import { type DetailName, detailOf } from './details.js';

const SHOWN = 3;
const HIDDEN = '***';

/**
 * A value as screens, pages and SMS show it, by the definition of its detail.
 *
 * @param text the value, or for a list item its name.
 */
export function masked(detail: DetailName, text: string): string {
  const { mask } = detailOf(detail);
  if (mask === 'none') return text;
  return mask === 'tail' ? HIDDEN + tailOf(text) : HIDDEN;
}

/** The last three characters; of a text so short that they would give it away, at most half. */
function tailOf(text: string): string {
  const characters = [...text];
  const shown = Math.min(SHOWN, Math.floor(characters.length / 2));
  return characters.slice(characters.length - shown).join('');
}
