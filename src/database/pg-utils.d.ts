// What is used of a part of the package `pg` that has no types.

declare module 'pg/lib/utils.js' {
  /** A value as `pg` sends it: text, bytes, or null. */
  export function prepareValue(value: unknown): string | Buffer | null;
}
