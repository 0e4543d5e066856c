import type { Knex } from 'knex';
import { kenyanYear } from '../dialogue/kenyan-time.js';
import type { Named } from '../dialogue/named.js';
import type { SealedChange, TextedDetails, TextedFault } from '../dialogue/world.js';
import type { Item } from '../reference/items.js';
import type { Seal } from '../seal.js';
import type { Asker } from './desk.js';
import { type DetailName, detailNames, detailOf } from './details.js';
import { itemsOf, type Judgement, judgeAmong, listed } from './judge.js';
import { isLocked } from './locks.js';
import { changed, conflicting, droppedBetween, type Values } from './profile.js';
import { readTexted, type TextedPart } from './texted.js';

/** What a value comes to that somebody has given for a detail, on its way to be kept. */
export type JudgedDetail =
  | Exclude<Judgement, { kind: 'good' }>
  | {
      readonly kind: 'good';
      readonly value: string;
      readonly shown: string;
      readonly doubt: Named | null;
      readonly drops: readonly DetailName[];
      readonly change: SealedChange;
    };

type Desk = {
  readonly db: Knex;
  readonly seal: Seal;
  readonly at: Date;
  readonly judgeOne: (
    asker: Asker,
    detail: DetailName,
    said: string,
    values: Values,
    shown?: readonly number[],
  ) => Promise<JudgedDetail>;
};

/** Who texts a detail was shown no list. */
const NOTHING: readonly number[] = [];

/** No SMS holds the names of more items. */
const MOST_CHOICES = 20;

type Waiting = {
  readonly change: SealedChange;
  readonly shown: string;
  readonly locked: boolean;
  readonly doubt: Named | null;
};

async function readParts({ db, at }: Desk, text: string, values: Values) {
  const year = yearOf(at);
  const lists = new Map<DetailName, readonly Item[]>();
  for (const detail of detailNames) {
    const { list } = detailOf(detail);
    if (list && !list.of) lists.set(detail, await itemsOf(db, detail, values));
  }
  return readTexted(text, (detail, said) => {
    const items = lists.get(detail) ?? [];
    return judgeAmong(items, { detail, said, values, year, shown: NOTHING }).kind !== 'bad';
  });
}

/** What is wrong with a detail that was texted: its sender sees no list, so the choices go with it. */
async function faultOf(
  { db }: Desk,
  { language }: Asker,
  detail: DetailName,
  expects: Named,
  values: Values,
): Promise<TextedFault> {
  const general = expects === detailOf(detail).expects;
  const items = general ? await itemsOf(db, detail, values) : [];
  if (items.length === 0 || items.length > MOST_CHOICES) return { detail, expects };
  return { detail, expects, choices: items.map(({ name }) => name[language]) };
}

/**
 * Reads an SMS with details one by one, each in the light of the others: what may be saved at once, what
 * is wrong, and what needs a word more.
 */
export async function applyTexted(
  desk: Desk,
  asker: Asker,
  { text, before }: { readonly text: string; readonly before: Values },
): Promise<{ texted: TextedDetails; values: Values }> {
  const { db, seal, at, judgeOne } = desk;
  const year = yearOf(at);
  let values = before;
  let kept: readonly { detail: DetailName; value: string; change: SealedChange }[] = [];
  const faults: TextedFault[] = [];
  const unclear: { detail: DetailName; items: readonly Item[] }[] = [];
  const waiting: Waiting[] = [];
  const held: { detail: DetailName; value: string }[] = [];
  const { parts: read, mayHoldMore } = await readParts(desk, text, before);
  const parts = inOrder(read);
  for (const [index, { detail, said }] of parts.entries()) {
    if (detail === null) {
      faults.push({ detail: null, expects: null });
      continue;
    }
    // What is given anew further on is nothing that an answer has to go with.
    const known = without(
      parts.slice(index + 1).map((later) => later.detail),
      changed(before, [...kept, ...held], year),
    );
    const judged = await judgeOne(asker, detail, said, known, NOTHING);
    if (judged.kind !== 'good') {
      if (judged.kind === 'several') unclear.push({ detail, items: judged.items });
      else faults.push(await faultOf(desk, asker, detail, judged.expects, known));
      continue;
    }
    const { change, shown, doubt, value } = judged;
    // A branch does not go to the old bank while the new one waits.
    const tied = detailOf(detail).payout === true && held.length > 0;
    const locked = (tied || isLocked(detail, before)) && before[detail] !== value;
    if (locked || doubt) {
      waiting.push({ change, shown, locked, doubt });
      held.push({ detail, value });
      continue;
    }
    kept = [...kept, { detail, value, change }];
    values = changed(before, kept, year);
  }
  // One that something better was to come with, which then was not right.
  for (const { detail, value } of kept) {
    if (detailOf(detail).list) continue;
    const again = await judgeOne(asker, detail, value, without([detail], values));
    if (again.kind !== 'bad') continue;
    faults.push({ detail, expects: again.expects });
    kept = kept.filter((one) => one.detail !== detail);
    values = changed(before, kept, year);
  }
  const changes = kept.map(({ change }) => change);
  const shared = await conflicting(db, seal, asker.phone, [...kept, ...held], {
    ...{ at, before },
  });
  const isHeld = (name: DetailName) => held.some(({ detail }) => detail === name);
  const conflicts = shared.filter((name) => !isHeld(name));
  const dropped = droppedBetween(before, values);
  const pending = together(waiting, {
    conflict: shared.some(isHeld),
    dropsOf: (these) => {
      const names = these.map(({ change }) => change.detail);
      const given = held.filter(({ detail }) => names.includes(detail));
      return droppedBetween(values, changed(values, given, year));
    },
  });
  const asked = pending ? null : (unclear.shift() ?? null);
  const asks = asked && {
    detail: asked.detail,
    items: listed(asked.items, asker.language),
  };
  faults.push(...unclear.map(({ detail }) => ({ detail, expects: detailOf(detail).expects })));
  return { texted: { changes, conflicts, dropped, faults, asks, pending, mayHoldMore }, values };
}

/**
 * What waits for the ID, or for a yes: one question for all of it. What is asked about may be withdrawn, and
 * the rest kept without it.
 */
function together(
  waiting: readonly Waiting[],
  about: {
    readonly conflict: boolean;
    readonly dropsOf: (kept: readonly Waiting[]) => readonly DetailName[];
  },
): TextedDetails['pending'] {
  const asked = waiting.find(({ doubt }) => doubt) ?? waiting[0];
  if (!asked) return null;
  const also = waiting.filter((one) => one !== asked);
  const drops = about.dropsOf(also);
  return {
    ...asked,
    locked: waiting.some((one) => one.locked),
    conflict: about.conflict,
    drops: about.dropsOf(waiting),
    also: also.map(({ change, shown }) => ({ change, shown, drops })),
  };
}

function without(names: readonly (DetailName | null)[], values: Values): Values {
  return Object.fromEntries(
    Object.entries(values).filter(([name]) => !names.includes(name as DetailName)),
  );
}

/** A county before its sub-county, however they were texted: an answer is read in the light of those before it. */
function inOrder(parts: readonly TextedPart[]): readonly TextedPart[] {
  const place = ({ detail }: TextedPart) =>
    detail === null ? detailNames.length : detailNames.indexOf(detail);
  return parts.toSorted((one, other) => place(one) - place(other));
}

function yearOf(at: Date): number {
  return kenyanYear(at.toISOString());
}
