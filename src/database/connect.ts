import type { Database, DatabaseConfig } from './database.js';

export type { Database, DatabaseConfig } from './database.js';

/**
 * Opens the database. Rejects where it cannot be reached, or where the embedded one is in use by
 * another process (`FolderInUseError`).
 *
 * @param onCreating called before a new embedded database is created, which takes some seconds.
 */
export async function connect(config: DatabaseConfig, onCreating?: () => void): Promise<Database> {
  if (config.kind === 'postgresql') {
    const { openPostgresql } = await import('./postgresql.js');
    return openPostgresql(config.url);
  }
  const { openEmbedded } = await import('./embedded.js');
  return openEmbedded(config.folder, onCreating);
}
