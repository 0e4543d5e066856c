import type { Database, DatabaseConfig } from './database.js';
import { openEmbedded } from './embedded.js';
import { openPostgresql } from './postgresql.js';

export type { Database, DatabaseConfig } from './database.js';

/**
 * Opens the database. Rejects where it cannot be reached, or where the embedded one is in use by
 * another process (`FolderInUseError`).
 *
 * @param onCreating called before a new embedded database is created, which takes some seconds.
 */
export function connect(config: DatabaseConfig, onCreating?: () => void): Promise<Database> {
  return config.kind === 'postgresql'
    ? openPostgresql(config.url)
    : openEmbedded(config.folder, onCreating);
}
