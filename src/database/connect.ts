import type { Database, DatabaseConfig, Opening } from './database.js';

export type { Database, DatabaseConfig } from './database.js';

/**
 * Opens the database. Rejects where it cannot be reached, or where the embedded one is in use by
 * another process (`FolderInUseError`).
 *
 * @param onCreating called before a new embedded database is created, which takes some seconds.
 */
export async function connect(config: DatabaseConfig, onCreating?: () => void): Promise<Database> {
  const { opened } = await beginConnecting(config, onCreating);
  return opened;
}

/**
 * Begins to open the database, for those who have something else to do meanwhile: from here on it opens
 * by itself, however busy this thread is. Rejects as {@link connect} does, or else `opened` does.
 */
export async function beginConnecting(
  config: DatabaseConfig,
  onCreating?: () => void,
): Promise<Opening> {
  const opening = await begin(config, onCreating);
  // Whoever waits for it is told; meanwhile it must not end the process.
  opening.opened.catch(() => {});
  return opening;
}

async function begin(config: DatabaseConfig, onCreating?: () => void): Promise<Opening> {
  if (config.kind === 'postgresql') {
    const { openPostgresql } = await import('./postgresql.js');
    return { opened: openPostgresql(config.url) };
  }
  const { beginEmbedded } = await import('./embedded.js');
  return beginEmbedded(config.folder, onCreating);
}
