import type { Knex } from 'knex';
import type { Named } from '../dialogue/named.js';
import type { Group } from '../profile/detail.js';
import {
  type DetailName,
  dependentsOf,
  detailOf,
  detailsIn,
  narrowedBy,
  parentOf,
} from '../profile/details.js';
import { itemsOf, type Judgement, judge } from '../profile/judge.js';
import type { Change, Values } from '../profile/profile.js';
import type { Item } from '../reference/items.js';
import type { Seal } from '../seal.js';
import { askedAs, parentOfKey } from './choices.js';
import type { OwnForm } from './own-forms.js';
import { isStale, type Was, wasField } from './was.js';

/** Why an answer is not kept as it is. */
export type Problem =
  | { readonly kind: 'bad'; readonly expects: Named }
  | { readonly kind: 'several'; readonly items: readonly Item[] }
  /** Not one of what was chosen above it. */
  | { readonly kind: 'elsewhere'; readonly parent: DetailName }
  /** It, or what it belongs to, is not what it was when the form was opened. */
  | { readonly kind: 'meanwhile'; readonly changed: DetailName }
  /** Unusual, and kept where the form comes back with this mark. */
  | { readonly kind: 'doubt'; readonly question: Named; readonly mark: string };

/** What a group's form comes to. */
export type Reading = {
  readonly changes: readonly Change[];
  readonly problems: Readonly<Partial<Record<DetailName, Problem>>>;
};

export type Posted = {
  readonly group: Group;
  readonly form: OwnForm;
  /** The profile as it is kept, and as it is shown. */
  readonly values: Values;
  readonly shown: Values;
  readonly was: Was;
  /** The year in Kenya. */
  readonly year: number;
};

/** The field by which an unusual value is kept. */
export const keepField = (detail: DetailName) => `${detail}Keep`;

/**
 * Reads the form of a group: each answer by itself, in the light of those above it, so that what is
 * right is saved whatever else is wrong. A field that is not there, or was left as it was shown,
 * changes nothing. What was changed since the form was opened is replaced only where the form comes back.
 */
export async function readAnswers(
  { db, seal }: { db: Knex; seal: Pick<Seal, 'digest'> },
  { group, form, values, shown, was, year }: Posted,
): Promise<Reading> {
  const changes: Change[] = [];
  const problems: Partial<Record<DetailName, Problem>> = {};
  const now: Partial<Record<DetailName, string>> = { ...values };
  const left: DetailName[] = [];
  /** What the form has another idea of than the profile. */
  const outdated = new Set<DetailName>();

  const change = (detail: DetailName, value: string) => {
    if (now[detail] === value) return;
    changes.push({ detail, value });
    if (now[detail] !== undefined) for (const one of dependentsOf(detail)) delete now[one];
    now[detail] = value;
  };
  /** The doubt of a good answer that nobody has settled. */
  const doubtOf = (detail: DetailName, judgement: Judgement): Problem | null => {
    if (judgement.kind !== 'good' || !judgement.doubt) return null;
    const mark = doubtMark(seal, detail, judgement);
    if (form.text(keepField(detail)) === mark) return null;
    return { kind: 'doubt', question: judgement.doubt, mark };
  };

  for (const detail of detailsIn(group)) {
    if (!form.has(detail)) continue;
    if (isLeft(detail, form, values, shown)) {
      left.push(detail);
      if (isStale(detail, form, was)) outdated.add(detail);
      continue;
    }
    const entry = form.text(detail);
    const parent = narrowedBy(detail);
    if (parent && now[parent] === undefined && !problems[parent]) {
      const found = await parentOfKey(db, detail, entry);
      if (found) change(parent, found.key);
    }
    const said = await saidOf(db, detail, entry, now);
    const judgement = await judge(db, { detail, said, values: now, year });
    const isThere = judgement.kind === 'good' && judgement.value === values[detail];
    if (isStale(detail, form, was) && !isThere) outdated.add(detail);
    const changed = [parentOf(detail), detail].find((one) => one && outdated.has(one));
    if (changed && !isThere) {
      problems[detail] = { kind: 'meanwhile', changed };
    } else if (judgement.kind === 'good') {
      const doubt = isThere ? null : doubtOf(detail, judgement);
      if (doubt) problems[detail] = doubt;
      else change(detail, judgement.value);
    } else {
      const narrowed = parent && now[parent] !== undefined && askedAs(detail) === 'chosen';
      problems[detail] = narrowed ? { kind: 'elsewhere', parent } : judgement;
    }
  }

  // A first bank, or employer, may not go with a number that was there before it.
  for (const detail of left) {
    const value = now[detail];
    if (changes.length === 0 || value === undefined || askedAs(detail) !== 'typed') continue;
    const before = await judge(db, { detail, said: value, values, year });
    const after = await judge(db, { detail, said: value, values: now, year });
    if (after.kind === 'bad' && before.kind === 'good') problems[detail] = after;
    const doubt = doubtOf(detail, after);
    const doubted = before.kind === 'good' && after.kind === 'good' && sameDoubt(before, after);
    if (doubt && !doubted) problems[detail] = doubt;
  }
  return { changes, problems };
}

/** Whether a field says no more than what was there. */
function isLeft(detail: DetailName, form: OwnForm, values: Values, shown: Values): boolean {
  const entry = form.text(detail);
  if (entry.trim() === '') {
    if (values[detail] === undefined || detailOf(detail).mask !== 'none') return true;
    // What was empty when the form was opened has been filled in since.
    return form.has(wasField(detail)) && form.text(wasField(detail)) === '';
  }
  // The second copy of a form that changed the county finds no sub-county to compare with.
  if (form.has(wasField(detail))) return entry === form.text(wasField(detail));
  return entry === (askedAs(detail) === 'chosen' ? values : shown)[detail];
}

/**
 * What a person would have said: what is chosen is sent by its key, which nobody knows. A key of another list says
 * nothing: as a number it would be taken for an item's place in this one.
 */
async function saidOf(
  db: Knex,
  detail: DetailName,
  entry: string,
  values: Values,
): Promise<string> {
  if (askedAs(detail) !== 'chosen') return entry;
  const items = await itemsOf(db, detail, values);
  return items.find(({ key }) => key === entry)?.name.en ?? '';
}

type Good = Extract<Judgement, { kind: 'good' }>;

function sameDoubt(one: Good, other: Good): boolean {
  return one.doubt?.en === other.doubt?.en;
}

/** Says which value was kept, without saying the value: it may be one that is never shown. */
function doubtMark(seal: Pick<Seal, 'digest'>, detail: DetailName, { value, doubt }: Good): string {
  const text = JSON.stringify([detail, value, doubt?.en]);
  return seal.digest('doubt', text).toString('base64url').slice(0, 22);
}
