import { septets } from '../../src/dialogue/gsm.js';
import { kenyanDate } from '../../src/dialogue/kenyan-time.js';
import type { Language } from '../../src/dialogue/languages.js';
import type { Named } from '../../src/dialogue/named.js';
import type { Quotes, Wording } from '../../src/dialogue/words.js';
import { type Group, groups } from '../../src/profile/detail.js';
import { detailNames, detailOf, detailsIn, isDetailName } from '../../src/profile/details.js';
import { missingIn, type ProfileContext } from './context.js';

/** Septets that the names of details may take on a screen that says more. */
const ROOM_FOR_NAMES = 40;
/** What the report on an SMS with details may take, beside its sender. */
const ROOM_FOR_REPORT = 148;

/** What the profile's texts quote. */
export const quotes: Quotes<ProfileContext> = {
  howFar,
  missing: (context, { language }) => namesIn(missingIn(context), language),
  since: ({ memberSince }) => kenyanDate(memberSince),
  personal: groupLine('personal'),
  bank: groupLine('bank'),
  qualification: groupLine('qualification'),
  work: groupLine('work'),
  kin: groupLine('kin'),
  group: ({ group }, { language }) => groups[group][language],
  listed: ({ shown }, { key, language, phrase }) =>
    `${labelOf(key, language)}: ${shown[key] ?? phrase('missing')}`,
  detail: ({ detail }, { language }) => labelOf(detail, language),
  shown: ({ detail, shown }) => shown[detail] ?? '',
  expects: ({ detail }, { language }) => detailOf(detail).expects[language],
  doubt: ({ pending }, { language }) => textIn(pending?.doubt ?? null, language),
  refusal: ({ fault }, { language, phrase }) =>
    fault ? `${textIn(fault, language)}.` : phrase('notAccepted'),
  again: ({ dropped }, wording) => againLine(dropped, wording),
  report,
  theRest: ({ texted }, { phrase }) =>
    [
      texted?.changes.length ? phrase('restSaved') : '',
      texted?.faults.length ? phrase('partWrong') : '',
    ]
      .join(' ')
      .trim(),
};

function howFar(context: ProfileContext, { phrase }: Wording): string {
  const all = detailNames.length;
  return phrase('howFar', { filled: all - missingIn(context).length, all });
}

/** A group's name and how far it is, `Bank 2/3`. */
function groupLine(group: Group) {
  return ({ shown }: ProfileContext, { language }: Wording) => {
    const details = detailsIn(group);
    const filled = details.filter((detail) => detail in shown).length;
    return `${groups[group][language]} ${filled}/${details.length}`;
  };
}

/** What came of an SMS with details, the most important first. */
function report(context: ProfileContext, wording: Wording): string {
  const { texted } = context;
  const { language, phrase } = wording;
  if (!texted) return howFar(context, wording);
  const { changes, conflicts, dropped, faults } = texted;
  const [fault] = faults;
  const [next] = missingIn(context);
  return fitting(ROOM_FOR_REPORT, [
    changes.length > 0 &&
      phrase('saved', {
        kept: namesIn(
          changes.map(({ detail }) => detail),
          language,
        ),
      }),
    fault &&
      (fault.detail === null
        ? phrase('notUnderstood')
        : phrase('notSaved', {
            detail: labelOf(fault.detail, language),
            expects: textIn(fault.expects, language),
            // What is expected may be a question: which of several was meant.
          }).replace(/\?\.$/, '?')),
    againLine(dropped, wording),
    conflicts.length > 0 && phrase('conflict'),
    `${howFar(context, wording)}.`,
    next && phrase('next', { keyword: detailOf(next).sms[language][0] ?? '' }),
  ]);
}

/** What did not go with what was kept. */
function againLine(dropped: readonly string[] = [], { language, phrase }: Wording): string {
  return dropped.length > 0 ? phrase('again', { details: namesIn(dropped, language) }) : '';
}

function labelOf(detail: string, language: Language): string {
  return isDetailName(detail) ? detailOf(detail).label[language] : detail;
}

/** A text that may have been kept since before the language was there. */
function textIn(named: Named | null, language: Language): string {
  return named?.[language] ?? named?.en ?? '';
}

/** As many names as there is room for, and the number of the others: `KRA PIN, NSSF number +7`. */
function namesIn(details: readonly string[], language: Language): string {
  let text = '';
  for (const [index, detail] of details.entries()) {
    const left = details.length - index - 1;
    const longer = `${text}${index === 0 ? '' : ', '}${labelOf(detail, language)}`;
    if (index > 0 && septets(longer) + (left > 0 ? 4 : 0) > ROOM_FOR_NAMES) {
      return `${text} +${details.length - index}`;
    }
    text = longer;
  }
  return text;
}

/** Joins lines into one segment, leaving out from the end what does not fit. */
function fitting(room: number, lines: readonly (string | false | undefined)[]): string {
  let text = '';
  for (const line of lines) {
    if (!line) continue;
    const longer = text === '' ? line : `${text}\n${line}`;
    if (septets(longer) > room) continue;
    text = longer;
  }
  return text;
}
