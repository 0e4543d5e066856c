import type { Ask, Effect, OpenedProfile, Tasks } from '../../src/dialogue/world.js';
import { type DetailName, detailNames, detailOf, isDetailName } from '../../src/profile/details.js';
import { judgeAmong } from '../../src/profile/judge.js';
import { isLocked } from '../../src/profile/locks.js';
import { masked } from '../../src/profile/masking.js';
import { changed, droppedBetween, type Values } from '../../src/profile/profile.js';
import { readTexted } from '../../src/profile/texted.js';
import { seedItems } from '../seeds.js';

/** What the service knows of a caller; a new value at each change, for many ways are tried from one. */
export type Caller = { readonly registered: boolean; readonly values: Values };

export const visitor: Caller = { registered: false, values: {} };
export const newcomer: Caller = { registered: true, values: {} };

const YEAR = 2026;
const LANGUAGE = 'en';

/** What somebody knows who fills in a profile; of a list the number of the item. */
export const answers: Readonly<Record<DetailName, string>> = {
  fullName: 'Jane Wanjiku Muthoni',
  yearOfBirth: '1985',
  gender: '2',
  nationalId: '12345678',
  kraPin: 'A012345678Z',
  nssf: '2012345678',
  sha: 'CR1234567-8',
  email: 'none',
  bank: '13',
  branch: 'Kisumu',
  account: '0123456789012',
  level: '4',
  college: 'Moi University',
  course: 'Education Arts',
  studied: '2005-2009',
  employer: '1',
  employmentNumber: '345678',
  workplace: 'Kisumu Girls High School',
  designation: '6',
  yearStarted: '2010',
  county: '42',
  subCounty: '1',
  kinName: 'John Otieno Muthoni',
  kinPhone: '0722000111',
  kinRelationship: '1',
};

/** What is texted in place of an item's number, by somebody who has not seen its list: a code, or first letters. */
const texted: Readonly<Partial<Record<DetailName, string>>> = {
  gender: 'f',
  bank: '68',
  level: 'b',
  employer: 't',
  designation: 't',
  subCounty: 's',
  kinRelationship: 'sp',
};

/** An answer as it is texted with its detail's word. */
export function asTexted(detail: DetailName): string {
  return texted[detail] ?? answers[detail];
}

/** The number that the caller had before. */
export const OLD_NUMBER = '0711222333';

/** A caller who has filled in all of it. */
export function completed(): Caller {
  return detailNames.reduce<Caller>((caller, detail) => {
    const shown = itemsOf(caller.values, detail).map(({ number }) => number);
    const judged = judgedOf(caller.values, detail, answers[detail], shown);
    if (judged.kind !== 'good') throw new Error(`${answers[detail]} is not taken for ${detail}`);
    return keep(caller, detail, judged.value);
  }, newcomer);
}

/** Answers the tasks as the service would, with the real rules and the lists that it starts with. */
export function askOf(caller: Caller): Ask {
  return async (task, input, pending) => answersOf(pending.reduce(after, caller))[task](input);
}

function answersOf({ registered, values }: Caller) {
  const all: { [Name in keyof Tasks]: (input: Tasks[Name]['input']) => Tasks[Name]['output'] } = {
    findCaller: () => ({ registered, undelivered: null, silent: null }),
    makePassword: () => ({ password: '4821 9035', passwordHash: 'hash' }),
    checkReset: () => ({ allowed: true }),
    openProfile: ({ value }) => (registered ? openedWith(values, value) : { registered }),
    prepareQuestion: ({ detail }) => ({
      items: itemsOf(values, named(detail)).map(({ number, name }) => ({
        number,
        label: name[LANGUAGE],
      })),
      locked: isLocked(named(detail), values),
    }),
    judgeAnswer({ detail, said, shown: choices }) {
      const judged = judgedOf(values, named(detail), said, choices);
      if (judged.kind !== 'good') return { kind: 'bad', fault: null };
      const { value, doubt } = judged;
      const change = { detail, sealed: value };
      const after = keep({ registered, values }, named(detail), value).values;
      const drops = droppedBetween(values, after);
      const shown = shownOf(named(detail), value);
      const locked = isLocked(named(detail), values);
      return { kind: 'good', change, shown, doubt, drops, conflict: false, locked };
    },
    checkWaiting: () => 'right',
    checkIdentity: ({ said }) => (said === answers.nationalId ? 'right' : 'wrong'),
    readOldNumber: ({ said }) =>
      said === OLD_NUMBER ? { number: said, shown: '0711***333' } : null,
    checkMove: () => ({ permit: { allowed: true }, claim: { accountId: null, idFits: false } }),
  };
  return all;
}

/** The caller after an effect. */
export function after(caller: Caller, effect: Effect): Caller {
  if (effect.type === 'createAccount') return { ...caller, registered: true };
  if (effect.type !== 'saveDetails') return caller;
  return effect.params.changes.reduce(
    (so, { detail, sealed }) => keep(so, named(detail), sealed),
    caller,
  );
}

function keep(caller: Caller, detail: DetailName, value: string): Caller {
  return { ...caller, values: changed(caller.values, [{ detail, value }], YEAR) };
}

/** Who texts a detail was shown no list. */
const NOTHING: readonly number[] = [];

function openedWith(before: Values, text: string): OpenedProfile {
  let caller: Caller = { registered: true, values: before };
  const changes = [];
  const faults = [];
  const { parts } = readTexted(
    text,
    (detail, said) => judgedOf(before, detail, said, NOTHING).kind !== 'bad',
  );
  for (const { detail, said } of parts) {
    const judged = detail === null ? null : judgedOf(caller.values, detail, said, NOTHING);
    if (detail === null || judged?.kind !== 'good') {
      faults.push({ detail, expects: null });
      continue;
    }
    changes.push({ detail, sealed: judged.value });
    caller = keep(caller, detail, judged.value);
  }
  const shown = Object.entries(caller.values).map(([detail, value]) => [
    detail,
    shownOf(named(detail), value),
  ]);
  return {
    ...{ registered: true, silent: false, memberSince: '2026-11-23T06:00:00.000Z' },
    shown: Object.fromEntries(shown),
    texted: text === '' ? null : { changes, faults, conflicts: [], pending: null },
  };
}

function judgedOf(values: Values, detail: DetailName, said: string, shown: readonly number[]) {
  return judgeAmong(itemsOf(values, detail), { detail, said, values, year: YEAR, shown });
}

function itemsOf(values: Values, detail: DetailName) {
  const { list } = detailOf(detail);
  if (!list) return [];
  return seedItems(list.name, list.of ? (values[named(list.of)] ?? 'none') : '');
}

function shownOf(detail: DetailName, value: string): string {
  const { list } = detailOf(detail);
  const item = list ? seedItems(list.name).find(({ key }) => key === value) : undefined;
  return masked(detail, item?.name[LANGUAGE] ?? value);
}

function named(detail: string): DetailName {
  if (!isDetailName(detail)) throw new Error(`there is no detail named ${detail}`);
  return detail;
}
