import type { Knex } from 'knex';
import { type Config, readConfig, withKeys } from '../config.js';
import { connect } from '../database/connect.js';
import { migrate } from '../database/migrate.js';
import { addressOf } from '../listen.js';
import { createSeal, type Seal } from '../seal.js';
import type { Showing } from '../showing.js';

export type Environment = Readonly<Record<string, string | undefined>>;

/** What the commands work on: the service's own database and keys. */
export type Tools = {
  readonly db: Knex;
  readonly seal: Seal;
  /** How the service shows screens. */
  readonly showing: Showing;
};

/** Lends the tools to a piece of work. */
export type WithTools = <T>(work: (tools: Tools) => Promise<T>) => Promise<T>;

/**
 * Lends the database and the seal that the service would have in this environment, with the
 * schema up to date, and closes the database when the work is done. Rejects with a `ConfigError`, or
 * with a `FolderInUseError` where a running service has the embedded database.
 */
export function toolsOf(env: Environment): WithTools {
  return async (work) => {
    const config = await withKeys(readConfig(env));
    const database = await connect(config.database);
    try {
      await migrate(database);
      return await work({
        db: database.db,
        seal: createSeal(config.dataKey, config.previousDataKeys),
        showing: showingOf(config),
      });
    } finally {
      await database.close();
    }
  };
}

function showingOf({ ussdCode, smsShortCode, publicUrl, listen, screenSeptets }: Config): Showing {
  const web = publicUrl ?? addressOf(listen);
  return { facts: { ussdCode, smsShortCode, web }, screenSeptets };
}
