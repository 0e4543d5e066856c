import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readdir, realpath, rename, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { basename, dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { PlainError } from '../explained.js';
import { askSocket, openSocketFolder, type SocketFolder } from './socket-folder.js';

/** Another process works on the folder. The message is for the person who started this one. */
export class FolderInUseError extends PlainError {
  override readonly name = 'FolderInUseError';

  constructor(folder: string) {
    super(
      `The embedded database in ${folder} is in use by another process, and can serve only one. ` +
        'Stop the other process, or set DATA_DIR to another folder, ' +
        'or set DATABASE_URL to use a PostgreSQL server, which can serve many.',
    );
  }
}

export type FolderLock = { release(): Promise<void> };

const LOCK_NAME = /^[0-9a-f]{12}$/;
const LONGEST_TIE_MS = 10_000;
const MOST_UNCLEAR = 3;

/**
 * Locks a folder for this process, until it is released or the process ends. The folder need not
 * exist, but its parent must. The lock is a socket on which the process listens: the system
 * silences it however the process dies, and a process id that is used again, or that is 1 in every
 * container, means nothing to it.
 *
 * @throws FolderInUseError where another process holds the lock.
 */
export async function lockFolder(folder: string): Promise<FolderLock> {
  const place = await realFolder(folder);
  return process.platform === 'win32' ? lockByPipe(place) : lockBySocket(place);
}

/** Two ways to write a folder's name must not make two locks. */
async function realFolder(folder: string): Promise<string> {
  const parent = await realpath(dirname(folder));
  return realpath(folder).catch(() => join(parent, basename(folder)));
}

/**
 * Everybody who wants the folder listens on a socket of a random name in `<folder>.lock/`, and only
 * then looks at who else does. So of any two at least one sees the other; one alone may go on.
 * A socket that nobody listens on is swept away: its name never comes back, so nobody is swept
 * away by mistake, as could happen with a single name that is freed and taken again.
 */
async function lockBySocket(place: string): Promise<FolderLock> {
  const folder = `${place}.lock`;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const sockets = await openSocketFolder(folder);
  const name = randomBytes(6).toString('hex');
  let held = false;
  const server = createServer((asker) => {
    asker.on('error', () => asker.destroy());
    asker.end(held ? 'held' : 'starting');
  });
  async function release(): Promise<void> {
    await stop(server);
    await rm(join(folder, name), { force: true });
  }
  try {
    // Between taking a name and listening on it a socket looks dead: it must not be seen then.
    await listen(server, sockets.pathOf(`new-${name}`));
    await rename(join(folder, `new-${name}`), join(folder, name));
    await outlastOthers(sockets, folder, name, place);
    held = true;
    return { release };
  } catch (error) {
    await release();
    throw error;
  } finally {
    await sockets.close();
  }
}

/** Settles when nobody else is left. Of several who start at the same moment the lowest name stays. */
async function outlastOthers(
  sockets: SocketFolder,
  folder: string,
  name: string,
  place: string,
): Promise<void> {
  const patience = AbortSignal.timeout(LONGEST_TIE_MS);
  for (const other of await readdir(folder)) {
    if (other === name || !LOCK_NAME.test(other)) continue;
    for (let unclear = 0; ; ) {
      const answer = await askSocket(sockets.pathOf(other));
      if (answer === null) break;
      // Somebody is there and says nothing: busy, or just about to go. To ask again tells which.
      if (answer === '') unclear += 1;
      const yields = answer === 'starting' && other > name;
      if (!(yields || (answer === '' && unclear < MOST_UNCLEAR)) || patience.aborted) {
        throw new FolderInUseError(place);
      }
      await pause(20);
    }
    await rm(join(folder, other), { force: true });
  }
}

/** Windows has no socket files; a named pipe has one owner, and goes with it. */
async function lockByPipe(place: string): Promise<FolderLock> {
  const digest = createHash('sha256').update(place.toLowerCase()).digest('hex');
  const server = createServer((asker) => asker.destroy());
  try {
    await listen(server, `\\\\.\\pipe\\cp2-gateway-${digest}`);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    throw new FolderInUseError(place);
  }
  return { release: () => stop(server) };
}

function listen(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, () => {
      server.off('error', reject);
      // The lock ends with the process, and must not keep it from ending.
      server.unref();
      resolve();
    });
  });
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}
