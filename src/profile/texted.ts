import { type DetailName, detailNames, detailOf } from './details.js';
import { email, onlyListed, personName, shortText } from './rules.js';

/** One part of an SMS with details: the detail that was recognised, and what follows its name. */
export type TextedPart = { readonly detail: DetailName | null; readonly said: string };

/** Whether this is on the list of a detail whose list hangs on no other. */
export type IsListed = (detail: DetailName, said: string) => boolean;

/** What an SMS with details says. */
export type Texted = {
  readonly parts: readonly TextedPart[];
  /** A value was kept whole that has the name of another detail in it, and may be two. */
  readonly mayHoldMore: boolean;
};

/**
 * Reads `KRA A012345678Z, id 12345678`: parts between commas, semicolons or lines, each the name of a
 * detail in any language and its value, with or without spaces, in any letter case. The longest
 * name that fits counts, so that `KINPHONE` is not `KIN`. Letters may be glued to a name in the first part only, or `Kinuthia` would
 * be the kin of somebody. A part without a name belongs to the
 * value before it (`SCHOOL Moi Girls, Eldoret`), where that is free text. Where there is no comma, the name of another
 * detail begins it (`COUNTY Kisumu BANK 11`), unless it may be a word of the value: `Kenya School of Law`.
 */
export function readTexted(text: string, isListed: IsListed): Texted {
  const parts: Part[] = [];
  let mayHoldMore = false;
  /** The details that were named since the last comma: none is begun twice, as in `Girls High School Kisumu`. */
  let named = new Set<DetailName | null>();

  function take(written: string): void {
    const names = namesIn(written).filter(({ at }, index, all) => {
      // The name of a detail that is a value of the one named just before it, as in `EMPLOYER TSC`.
      const before = all[index - 1];
      const said = written.slice(at, all[index + 1]?.at).trim();
      return (
        !before || before.from < at || !isChosen(before.detail) || !isListed(before.detail, said)
      );
    });
    append(parts, written.slice(0, names[0]?.at));
    for (const [index, { detail, at, from }] of names.entries()) {
      const end = names[index + 1]?.at;
      const said = written.slice(from, end).trim();
      const name = written.slice(at, end);
      const begins = named.has(detail) ? 'no' : beginning(parts.at(-1), name, { detail, said });
      if (begins === 'maybe') mayHoldMore = true;
      if (begins !== 'yes') append(parts, name);
      else {
        parts.push({ detail, said });
        named.add(detail);
      }
    }
  }

  /** Whether a detail's name in the value of another, here with what follows it, begins a part of its own. */
  function beginning(
    current: TextedPart | undefined,
    name: string,
    { detail, said }: Part & { readonly detail: DetailName },
  ): 'yes' | 'no' | 'maybe' {
    if (!current || current.said === '' || !mayBe(detail, said)) return 'no';
    if (current.detail === null) return 'yes';
    const { list, rule } = detailOf(current.detail);
    const whole = `${current.said} ${name}`;
    if (list && !list.orTyped && isListed(current.detail, whole)) return 'no';
    if (rule !== shortText) return 'yes';
    if (inNames.has(detail)) return 'maybe';
    return !isChosen(detail) || isListed(detail, said) ? 'yes' : 'maybe';
  }

  for (const written of text.split(/[,;\n]/)) {
    if (written.trim() === '') continue;
    const part = readPart(written, parts.length === 0);
    const before = parts.at(-1);
    if (part.detail === null && before?.detail && !detailOf(before.detail).list) {
      before.said += ',';
      take(written);
    } else {
      parts.push({ detail: part.detail, said: '' });
      named = new Set([part.detail]);
      take(part.said);
    }
  }
  return {
    parts: parts.map(({ detail, said }) => ({ detail, said: said.replace(CONNECTING, '') })),
    mayHoldMore,
  };
}

/** What stands between a detail's name and its value in a sentence: `jina langu ni Jane`. */
const CONNECTING = /^(?:(?:is|ni|langu|yangu)\s+)+/i;

type Part = { readonly detail: DetailName | null; said: string };

function append(parts: readonly Part[], text: string): void {
  const last = parts.at(-1);
  if (last) last.said = [last.said, text.trim()].filter(Boolean).join(' ');
}

/** Their words stand in what schools, places and people are called. */
const inNames: ReadonlySet<DetailName> = new Set(['college', 'workplace', 'fullName', 'kinName']);

/** Whether it can only be an item of a list that hangs on no other detail. */
function isChosen(detail: DetailName): boolean {
  const { list } = detailOf(detail);
  return list !== undefined && !list.of && !list.orTyped;
}

/** Whether this may be meant for a detail at all: `Mary Sha Otieno` has no SHA number in it. */
function mayBe(detail: DetailName, said: string): boolean {
  const { rule } = detailOf(detail);
  if (said === '') return false;
  if (rule === email) return /@/.test(said) || 'value' in email(said, { values: {}, year: 0 });
  const inLetters = rule === shortText || rule === personName || rule === onlyListed;
  return inLetters || /\d/.test(said);
}

const keywords = detailNames
  .flatMap((detail) => {
    const { sms } = detailOf(detail);
    return Object.values(sms)
      .flat()
      .map((keyword) => ({ detail, keyword, pattern: spaced(keyword) }));
  })
  .sort((one, other) => other.keyword.length - one.keyword.length);

/** The keyword with any spaces and dashes between its letters, and what separates it from its value. */
function spaced(keyword: string): RegExp {
  return new RegExp(`^\\s*${spacedLetters(keyword)}([\\s:=.-]*)(.*)$`, 'isu');
}

function spacedLetters(keyword: string): string {
  return [...keyword].join('[\\s-]*');
}

/** Every name of a detail that begins a word, with what separates it from a value. */
const anyName = new RegExp(
  `(?<=\\s)(${keywords.map(({ keyword }) => spacedLetters(keyword)).join('|')})(?:[\\s:=.-]+|(?=\\d)|$)`,
  'giu',
);

const byKeyword = new Map(keywords.map(({ keyword, detail }) => [keyword, detail]));

/** The names of details within a text: where each begins, and where what follows it does. */
function namesIn(text: string) {
  return [...text.matchAll(anyName)].flatMap(({ 0: { length }, 1: name = '', index }) => {
    const detail = byKeyword.get(name.replace(/[\s-]/g, '').toUpperCase());
    return detail ? [{ detail, at: index, from: index + length }] : [];
  });
}

function readPart(written: string, mayGlue: boolean): { detail: DetailName | null; said: string } {
  for (const { detail, pattern } of keywords) {
    const [, between = '', said] = pattern.exec(written) ?? [];
    if (said === undefined) continue;
    if (between !== '' || said === '' || mayGlue || /\d/.test(said)) {
      return { detail, said: said.trim() };
    }
  }
  return { detail: null, said: written.trim() };
}
