/** A column's text form, as it comes over the wire, into a value. */
type ReadColumn = (text: string) => unknown;

/**
 * Where the two databases' clients would differ, or would surprise: int8 as a number, bytea as a
 * Buffer, date as `YYYY-MM-DD`. By PostgreSQL's type numbers. The rest agrees by itself:
 * timestamptz is a Date, jsonb is parsed, numeric is a string.
 */
export const columnTypes: Readonly<Record<number, ReadColumn>> = {
  17: readBytes,
  20: readInteger,
  1082: (text) => text,
};

function readBytes(text: string): Buffer {
  return Buffer.from(text.slice('\\x'.length), 'hex');
}

function readInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) {
    throw new RangeError('An int8 from the database is beyond what a number can hold exactly.');
  }
  return value;
}
