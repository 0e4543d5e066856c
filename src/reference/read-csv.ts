import { CsvError, parse } from 'csv-parse/sync';
import { isGsm, septets } from '../dialogue/gsm.js';
import type { Written } from '../dialogue/named.js';

/** What is wrong with a line of a file, counted from 1, and what is expected there. */
export type Fault = { readonly line: number; readonly expected: string };

/** A line of a file whose key can be read; what else is wrong with it is among the faults. */
export type Row = {
  readonly line: number;
  readonly key: string;
  /** Empty where the list has no parents. */
  readonly parent: string;
  /** Null, where none is given: the one it has, or else the next that is free. */
  readonly number: number | null;
  readonly name: Written;
};

/** The columns of a file, which may be in any order. */
export const columns = ['key', 'parent', 'number', 'name_en', 'name_sw'] as const;

type Column = (typeof columns)[number];
type Fields = { readonly line: number; readonly values: readonly string[] };
type Report = (expected: string) => void;

const LONGEST_NAME = 40;
const LONGEST_KEY = 40;
/** What means More and Skip on screens. */
export const screenNumbers: ReadonlySet<number> = new Set([98, 99]);

/**
 * Reads a list from CSV (RFC 4180) as spreadsheets write it: with or without a byte order mark, any
 * line ends, empty lines. Looks at each line by itself and reports every fault.
 */
export function readCsv(text: string): { rows: readonly Row[]; faults: readonly Fault[] } {
  const faults: Fault[] = [];
  const rows: Row[] = [];
  const [header, ...lines] = split(text.replace(/^\ufeff/, ''), faults);
  const named = header?.values.map((name) => name.toLowerCase()) ?? [];
  if (!header || named.length !== columns.length || columns.some((one) => !named.includes(one))) {
    const line = header?.line ?? 1;
    return { rows, faults: [...faults, { line, expected: `the columns ${columns.join(',')}` }] };
  }
  for (const { line, values } of lines) {
    const report: Report = (expected) => faults.push({ line, expected });
    if (values.length !== columns.length) {
      report(`${columns.length} fields, not ${values.length}`);
      continue;
    }
    const field = (column: Column) => values[named.indexOf(column)] ?? '';
    const key = readKey(field('key'), report);
    const number = readNumber(field('number'), report);
    const name = {
      en: readName('name_en', field('name_en'), report),
      sw: readName('name_sw', field('name_sw') || field('name_en'), report),
    };
    if (key !== null) rows.push({ line, key, parent: field('parent'), number, name });
  }
  return { rows, faults };
}

const options = {
  trim: true,
  relax_column_count: true,
  skip_empty_lines: true,
  skip_records_with_empty_values: true,
  record_delimiter: ['\r\n', '\n', '\r'],
};

function split(text: string, faults: Fault[]): Fields[] {
  try {
    // The package's types leave out what `info` makes of a record.
    const records: unknown = parse(text, { ...options, info: true });
    return (records as { record: string[]; info: { lines: number } }[]).map(({ record, info }) => ({
      line: info.lines,
      values: record,
    }));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return splitByLine(text, faults);
  }
}

/** A quote that is never closed swallows what follows; line by line, each bad one is found. */
function splitByLine(text: string, faults: Fault[]): Fields[] {
  return text.split(/\r\n|\n|\r/).flatMap((written, index) => {
    const line = index + 1;
    try {
      return parse(written, options).map((values) => ({ line, values }));
    } catch (error) {
      if (!(error instanceof CsvError)) throw error;
      faults.push({ line, expected: 'quotes that open and close around a field: "…"' });
      return [];
    }
  });
}

function readKey(key: string, report: Report): string | null {
  if (key.length <= LONGEST_KEY && /^[a-z0-9][a-z0-9-]*$/.test(key)) return key;
  report(`key: 1 to ${LONGEST_KEY} small letters, digits and dashes, not ${quoted(key)}`);
  return null;
}

function readNumber(written: string, report: Report): number | null {
  if (written === '') return null;
  const number = Number(written);
  if (/^[1-9]\d{0,5}$/.test(written) && !screenNumbers.has(number)) return number;
  report(`number: 1 to 999999, but not 98 and 99, or empty; not ${quoted(written)}`);
  return null;
}

function readName(column: Column, name: string, report: Report): string {
  const foreign = [...name].filter((character) => !isGsm(character) || /[\n\r\f]/.test(character));
  if (foreign.length > 0) {
    const which = [...new Set(foreign)].map(quoted).join(' ');
    report(`${column}: one line of characters of GSM 03.38, so without ${which}`);
  } else if (septets(name) > LONGEST_NAME) {
    report(`${column}: at most ${LONGEST_NAME} characters, not ${septets(name)}`);
  } else if (!/\p{L}/u.test(name)) {
    report(`${column}: a name, not ${quoted(name)}`);
  }
  return name;
}

function quoted(text: string): string {
  return JSON.stringify(text);
}
