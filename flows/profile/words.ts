import { septets } from '../../src/dialogue/gsm.js';
import type { Language } from '../../src/dialogue/languages.js';
import type { TextedDetails } from '../../src/dialogue/world.js';
import { type Group, groups } from '../../src/profile/detail.js';
import { type DetailName, detailOf, detailsIn, isDetailName } from '../../src/profile/details.js';
import type { ProfileContext } from './context.js';

/** What the words of both languages are made with: the names of details, in the language. */

export function labelOf(detail: string, language: Language): string {
  return isDetailName(detail) ? detailOf(detail).label[language] : detail;
}

export function expectsOf(detail: DetailName, language: Language): string {
  return detailOf(detail).expects[language];
}

/** A group's name and how far it is, `Bank 2/3`, for each group. */
export function groupLines(language: Language): Record<Group, (context: ProfileContext) => string> {
  const line = (group: Group) => (context: ProfileContext) => {
    const details = detailsIn(group);
    const filled = details.filter((detail) => detail in context.shown).length;
    return `${groups[group][language]} ${filled}/${details.length}`;
  };
  return {
    personal: line('personal'),
    bank: line('bank'),
    qualification: line('qualification'),
    work: line('work'),
    kin: line('kin'),
  };
}

/** As many names as `room` septets hold, and the number of the others: `KRA PIN, NSSF number +7`. */
export function namesIn(details: readonly string[], language: Language, room: number): string {
  let text = '';
  for (const [index, detail] of details.entries()) {
    const left = details.length - index - 1;
    const longer = `${text}${index === 0 ? '' : ', '}${labelOf(detail, language)}`;
    if (index > 0 && septets(longer) + (left > 0 ? 4 : 0) > room) {
      return `${text} +${details.length - index}`;
    }
    text = longer;
  }
  return text;
}

/** The first reason why something that was texted was not kept, with the detail where one was recognised. */
export function firstFault(
  texted: TextedDetails,
  language: Language,
): { label: string; expects: string } | null {
  const fault = texted.faults[0];
  if (!fault) return null;
  return {
    label: fault.detail === null ? '' : labelOf(fault.detail, language),
    expects: fault.expects?.[language] ?? '',
  };
}

/** The word to text for a detail. */
export function keywordOf(detail: DetailName, language: Language): string {
  return detailOf(detail).sms[language][0] ?? '';
}

/** Joins lines into one segment, leaving out from the end what does not fit. */
export function fitting(room: number, lines: readonly (string | null)[]): string {
  let text = '';
  for (const line of lines) {
    if (!line) continue;
    const longer = text === '' ? line : `${text}\n${line}`;
    if (septets(longer) > room) continue;
    text = longer;
  }
  return text;
}
