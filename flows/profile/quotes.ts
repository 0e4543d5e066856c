import { septets } from '../../src/dialogue/gsm.js';
import { kenyanDate } from '../../src/dialogue/kenyan-time.js';
import type { Language } from '../../src/dialogue/languages.js';
import type { Named } from '../../src/dialogue/named.js';
import type { Quotes, Wording } from '../../src/dialogue/words.js';
import type { TextedFault } from '../../src/dialogue/world.js';
import { type Group, groups } from '../../src/profile/detail.js';
import { detailNames, detailOf, detailsIn, isDetailName } from '../../src/profile/details.js';
import { allPending, missingIn, type ProfileContext } from './context.js';

/** Septets that the names of details may take on a screen that says more. */
const ROOM_FOR_NAMES = 40;
/** What the report on an SMS with details may take, beside its sender. */
const ROOM_FOR_REPORT = 148;
/** What of it is for what was saved, however much else there is to say. */
const ROOM_FOR_SAVED = 47;
/** What of an SMS is for what an earlier one has asked to be saved, and for the names of what is missing beside it. */
const ROOM_FOR_KEPT = 40;
const ROOM_BESIDE_KEPT = 20;
/** What the question for the ID may take to name what waits for it, in an SMS. */
const ROOM_FOR_WAITING = 22;
/** What came of the rest of an SMS may take beside the doubt that it raises. */
const ROOM_BESIDE_DOUBT = 33;
/** What of a screen is for what was chosen on the one before it. */
const ROOM_FOR_CHOSEN = 24;
/** How much of each value is repeated, the most that fits. */
const LENGTHS_OF_VALUES = [100, 60, 40, 24, 16, 10];

/** What the profile's texts quote. */
export const quotes: Quotes<ProfileContext> = {
  howFar,
  missing: (context, { language }) => {
    const more = askedByText(context).length + (context.dropped?.length ?? 0);
    const room = more > 0 ? ROOM_BESIDE_KEPT : ROOM_FOR_NAMES;
    return namesIn(missingIn(context), language, room);
  },
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
  waiting: (context, { language }) => {
    const waiting = allPending(context).map(({ change, shown }) => [change.detail, shown] as const);
    return waiting.length === 0
      ? labelOf(context.detail, language)
      : repeated(
          inOrder(waiting.map(([detail]) => detail)),
          Object.fromEntries(waiting),
          language,
          ROOM_FOR_WAITING,
        );
  },
  kept: (context, wording) => {
    const asked = askedByText(context);
    if (asked.length > 0) return saved(asked, context.shown, wording, ROOM_FOR_KEPT);
    // There is no room for it beside what has to be given again.
    const told = context.dropped?.length ? '' : (context.chosen ?? '');
    const chosen = shortened(told, ROOM_FOR_CHOSEN);
    return chosen === '' ? wording.phrase('savedOne') : wording.phrase('saved', { kept: chosen });
  },
  doubt: ({ pending }, { language }) => textIn(pending?.doubt ?? null, language),
  refusal: ({ fault }, { language, phrase }) =>
    fault ? `${textIn(fault, language)}.` : phrase('notAccepted'),
  again: ({ dropped }, wording) => againLine(dropped, wording),
  report,
  theRest,
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
  const { texted, shown } = context;
  const { language, phrase } = wording;
  if (!texted) return howFar(context, wording);
  const { changes, conflicts, dropped, faults } = texted;
  const [fault, ...more] = faults;
  const [next] = missingIn(context);
  const room = ROOM_FOR_REPORT - (changes.length > 0 ? ROOM_FOR_SAVED + 1 : 0);
  const alsoWrong = more.flatMap(({ detail }) => detail ?? []);
  const others = [
    fault && faultLine(fault, wording, room),
    alsoWrong.length > 0 &&
      phrase('alsoNotSaved', { details: namesIn(alsoWrong, language, ROOM_FOR_NAMES) }),
    againLine(dropped, wording),
    conflicts.length > 0 && phrase('conflict'),
    texted.mayHoldMore && phrase('commas'),
    `${howFar(context, wording)}.`,
  ].filter((line) => line !== undefined && line !== false && line !== '');
  const left = ROOM_FOR_REPORT - septets(others.join('\n')) - 1;
  const details = [...new Set(changes.map(({ detail }) => detail))];
  return fitting(ROOM_FOR_REPORT, [
    details.length > 0 && saved(details, shown, wording, Math.max(ROOM_FOR_SAVED, left)),
    ...others,
    next && phrase('next', { keyword: detailOf(next).sms[language][0] ?? '' }),
  ]);
}

/** What did not go with what was kept. */
function againLine(dropped: readonly string[] = [], { language, phrase }: Wording): string {
  return dropped.length > 0 ? phrase('again', { details: namesIn(dropped, language) }) : '';
}

/** What is wrong with a part of an SMS: the choices that there are, or what is expected where these do not fit. */
function faultLine(
  { detail, expects, choices = [] }: TextedFault,
  { language, phrase }: Wording,
  room: number,
): string {
  if (detail === null) return phrase('notUnderstood');
  const line = (said: string) =>
    phrase('notSaved', { detail: labelOf(detail, language), expects: said });
  const last = choices.at(-1) ?? '';
  const others = choices.slice(0, -1).join(', ');
  const chosenFrom = line(others === '' ? last : phrase('or', { others, last }));
  if (last !== '' && septets(chosenFrom) <= room) return chosenFrom;
  return line(textIn(expects, language));
}

/** What came of the rest of an SMS that raises a question: as it was read, where there is room beside a doubt. */
function theRest({ texted, shown, pending }: ProfileContext, wording: Wording): string {
  const { language, phrase } = wording;
  const { changes = [], faults = [] } = texted ?? {};
  const wrong = faults.length > 0 ? phrase('partWrong') : '';
  if (changes.length === 0) return wrong;
  const values = changes.map(({ detail }) => `${labelOf(detail, language)} ${shown[detail] ?? ''}`);
  const read = `${phrase('saved', { kept: values.join(', ') })} ${wrong}`.trim();
  const fits = pending?.doubt && septets(read) <= ROOM_BESIDE_DOUBT;
  return fits ? read : `${phrase('restSaved')} ${wrong}`.trim();
}

/**
 * What an SMS has asked to be saved when a question came up, that which waited for it first; nothing where
 * the question was not raised by an SMS.
 */
function askedByText({ texted, filling, details }: ProfileContext): readonly string[] {
  const pending = filling || details.length > 0 ? null : (texted?.pending ?? null);
  if (!pending) return [];
  const waited = [pending, ...(pending.also ?? [])].map(({ change }) => change.detail);
  return [...inOrder(waited), ...inOrder((texted?.changes ?? []).map(({ detail }) => detail))];
}

function inOrder(details: readonly string[]): readonly string[] {
  return detailNames.filter((name) => details.includes(name));
}

/** A line on what was saved, as it was read: who texted something else sees it. */
function saved(
  details: readonly string[],
  shown: ProfileContext['shown'],
  { language, phrase }: Wording,
  room: number,
): string {
  const left = room - septets(phrase('saved', { kept: '' }));
  return phrase('saved', { kept: repeated(details, shown, language, left) });
}

/** Details with their values, shortened where there is too little room, and the number of those that do not fit: `Bank KCB, Branch Nyeri +2`. */
function repeated(
  details: readonly string[],
  shown: ProfileContext['shown'],
  language: Language,
  room: number,
): string {
  const written = (length: number) =>
    details.map(
      (detail) => `${labelOf(detail, language)} ${shortened(shown[detail] ?? '', length)}`,
    );
  for (const length of LENGTHS_OF_VALUES) {
    const all = written(length).join(', ');
    if (septets(all) <= room) return all;
  }
  const [shortest = 0] = LENGTHS_OF_VALUES.slice(-1);
  const texts = written(shortest);
  for (let count = texts.length - 1; count > 0; count -= 1) {
    const some = `${texts.slice(0, count).join(', ')} +${texts.length - count}`;
    if (septets(some) <= room) return some;
  }
  return namesIn(details, language, room);
}

/** A value, or its beginning: `Kisumu Poly..`. */
function shortened(value: string, room: number): string {
  if (septets(value) <= room) return value;
  let start = '';
  for (const character of value) {
    if (septets(`${start}${character}..`) > room) break;
    start += character;
  }
  return `${start.trimEnd()}..`;
}

function labelOf(detail: string, language: Language): string {
  return isDetailName(detail) ? detailOf(detail).label[language] : detail;
}

/** A text that may have been kept since before the language was there. */
function textIn(named: Named | null, language: Language): string {
  return named?.[language] ?? named?.en ?? '';
}

/** As many names as there is room for, and the number of the others: `KRA PIN, NSSF number +7`. */
function namesIn(details: readonly string[], language: Language, room = ROOM_FOR_NAMES): string {
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
