import { type Fault, type Row, screenNumbers } from './read-csv.js';

/** An item as it is stored, whichever its list. */
export type StoredItem = {
  readonly key: string;
  readonly parent: string;
  readonly number: number;
  readonly name_en: string;
  readonly name_sw: string;
  readonly retired: boolean;
};

/** What a load will do: `write` holds items that are added or changed. */
export type Plan = {
  readonly write: readonly StoredItem[];
  readonly retire: readonly string[];
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
};

/** What a list is before a load. */
export type Stored = {
  readonly items: readonly StoredItem[];
  /** The list of the parents and the keys that it has; null where the list has no parents. */
  readonly parents: { readonly list: string; readonly keys: ReadonlySet<string> } | null;
};

/**
 * Compares a file's lines with what is stored. A number that is not given is kept, or is the next
 * after the highest that any item of the list, within the parent, has, retired ones too: no gap is
 * filled, for somebody may still reply the number that left it. Another item may be given the number
 * of a retired one.
 *
 * @param replace whether items that the file does not have are retired.
 */
export function planLoad(
  rows: readonly Row[],
  { items, parents }: Stored,
  replace: boolean,
): { plan: Plan; faults: readonly Fault[] } {
  const faults: Fault[] = [];
  const stored = new Map(items.map((item) => [item.key, item]));
  const lineOf = new Map<string, number>();
  for (const { line, key, parent } of rows) {
    const fault = (expected: string) => faults.push({ line, expected });
    const earlier = lineOf.get(key);
    if (earlier !== undefined) fault(`key: one of its own, ${key} is on line ${earlier}`);
    else lineOf.set(key, line);
    if (parents === null && parent !== '') fault('parent: empty for this list');
    if (parents?.keys.has(parent) === false) {
      fault(`parent: a key of ${parents.list}, not ${JSON.stringify(parent)}`);
    }
  }

  const numbers = giveNumbers(rows, stored, replace, faults);
  const wanted = rows.map((row) => ({
    key: row.key,
    parent: row.parent,
    number: numbers.get(row) ?? 0,
    name_en: row.name.en,
    name_sw: row.name.sw,
    retired: false,
  }));
  const write = wanted.filter((item) => !isSame(item, stored.get(item.key)));
  const added = write.filter(({ key }) => !stored.has(key)).length;
  const retire = items.filter(({ key, retired }) => replace && !retired && !lineOf.has(key));
  return {
    plan: {
      write,
      retire: retire.map(({ key }) => key),
      added,
      changed: write.length - added,
      unchanged: rows.length - write.length,
    },
    faults,
  };
}

/** The number of each row. Given ones come first; what is not given makes room for them. */
function giveNumbers(
  rows: readonly Row[],
  stored: ReadonlyMap<string, StoredItem>,
  replace: boolean,
  faults: Fault[],
): Map<Row, number> {
  const numbers = new Map<Row, number>();
  const holders = heldNumbers(rows, stored, replace);
  const highest = new Map<string, number>();
  const raise = (parent: string, number: number) =>
    highest.set(parent, Math.max(number, highest.get(parent) ?? 0));
  const give = (row: Row, number: number) => {
    numbers.set(row, number);
    holders.set(place(row.parent, number), `it is on line ${row.line}`);
    raise(row.parent, number);
  };
  for (const { parent, number } of stored.values()) raise(parent, number);

  for (const row of rows) {
    if (row.number === null) continue;
    const holder = holders.get(place(row.parent, row.number));
    if (holder === undefined) give(row, row.number);
    else {
      const expected = `number: one of its own, not ${row.number}: ${holder}`;
      faults.push({ line: row.line, expected });
    }
  }
  for (const row of rows) {
    if (row.number !== null) continue;
    const known = stored.get(row.key);
    const kept = known?.parent === row.parent ? known : undefined;
    // One that was retired gets its number back, unless another has it by now.
    const free = kept && (!kept.retired || !holders.has(place(kept.parent, kept.number)));
    give(row, free ? kept.number : nextAfter(highest.get(row.parent) ?? 0));
  }
  return numbers;
}

/** The numbers that are not to be had: those of items that stay and to which the file gives no other. */
function heldNumbers(
  rows: readonly Row[],
  stored: ReadonlyMap<string, StoredItem>,
  replace: boolean,
): Map<string, string> {
  const rowOf = new Map(rows.map((row) => [row.key, row]));
  const holders = new Map<string, string>();
  for (const { key, parent, number, retired } of stored.values()) {
    const row = rowOf.get(key);
    const keeps = row ? row.number === null && row.parent === parent : !replace;
    if (keeps && !retired) holders.set(place(parent, number), `${key} has it`);
  }
  return holders;
}

function place(parent: string, number: number): string {
  return `${parent}/${number}`;
}

function nextAfter(highest: number): number {
  let next = highest + 1;
  while (screenNumbers.has(next)) next += 1;
  return next;
}

function isSame(item: StoredItem, stored: StoredItem | undefined): boolean {
  return (
    stored !== undefined &&
    !stored.retired &&
    item.parent === stored.parent &&
    item.number === stored.number &&
    item.name_en === stored.name_en &&
    item.name_sw === stored.name_sw
  );
}
