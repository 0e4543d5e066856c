import type { Knex } from 'knex';

function silently(): void {}

/** What both databases' Knex share. */
export const knexDefaults = {
  // Otherwise the values of a failed statement, passwords' hashes and all, are in the error's message.
  compileSqlOnError: false,
  // Knex would print to the console what it then throws as well.
  log: { warn: silently, error: silently, debug: silently, deprecate: silently },
} as const satisfies Knex.Config;
