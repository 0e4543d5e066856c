import { z } from 'zod';
import { type Phone, readPhone } from '../../phone-number.js';
import type { Money } from '../channel.js';
import type { Fields, Reading } from './reading.js';

/**
 * Why a request was not taken. `malformed`: a field is missing, doubled or not what it must be.
 * `unservedNumber`: all is well but for a number that is no Kenyan mobile, such as a foreign one or
 * the name of a bulk sender. `fields` are the names at fault, from our own schema, never a value.
 */
export type Fault = {
  readonly kind: 'malformed' | 'unservedNumber';
  readonly fields: readonly string[];
};

export type Parsed<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly fault: Fault };

/** Makes a parser: the schema reads the fields, `inOurTerms` turns them into our own types. */
export function parser<Known, T>(
  schema: z.ZodType<Known>,
  inOurTerms: (fields: Known) => T,
): (fields: Fields) => Parsed<T> {
  return (fields) => {
    const read = schema.safeParse(fields);
    if (read.success) return { ok: true, value: inOurTerms(read.data) };
    return { ok: false, fault: faultOf(read.error.issues) };
  };
}

/** Parses what was read; what could not be read is at fault as a whole. */
export function parseReading<T>(reading: Reading, parse: (fields: Fields) => Parsed<T>): Parsed<T> {
  if ('fields' in reading) return parse(reading.fields);
  return { ok: false, fault: { kind: 'malformed', fields: ['request'] } };
}

/** Sent once, and not empty. */
export const required = z.string().min(1);

/** An id of the carrier's making. Printable, and no longer than what a database index takes. */
export const id = z
  .string()
  .trim()
  .regex(/^[\x20-\x7e]{1,128}$/);

/** A phone number in any form that `readPhone` knows. */
export const phone = required.transform((written, context): Phone => {
  const read = readPhone(written);
  if (read !== null) return read;
  context.issues.push({ code: 'custom', message: 'not a Kenyan mobile number', input: written });
  return z.NEVER;
});

/** What a person typed; absent is empty. NUL is left out: PostgreSQL cannot hold it. */
export const text = z
  .string()
  .default('')
  .transform((typed) => typed.replaceAll('\0', ''));

/** A number that is only counted or measured: null where it is missing or makes no sense. */
export const amount = z
  .string()
  .optional()
  .transform((written) => (written && /^\d{1,12}$/.test(written) ? Number(written) : null));

/** `KES 0.8000` or `0.8`; null where it is missing or makes no sense. */
export const money = z
  .string()
  .optional()
  .transform((written): Money | null => {
    const [, currency, amount] =
      /^(?:([A-Z]{3}) )?(\d{1,8}(?:\.\d{1,6})?)$/.exec(written ?? '') ?? [];
    return amount ? { currency: currency ?? null, amount: Number(amount) } : null;
  });

/** The network of a caller, by the carrier's code: the list is open, so any short word will do. */
export const network = z
  .string()
  .trim()
  .regex(/^[\w-]{1,16}$/)
  .nullable()
  .catch(null);

function faultOf(issues: readonly z.core.$ZodIssue[]): Fault {
  return {
    // Only the phone's own rule is a custom one.
    kind: issues.every((issue) => issue.code === 'custom') ? 'unservedNumber' : 'malformed',
    fields: [...new Set(issues.map((issue) => String(issue.path[0] ?? 'request')))],
  };
}
