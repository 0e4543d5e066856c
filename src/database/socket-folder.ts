import { open } from 'node:fs/promises';
import { connect } from 'node:net';
import { join, relative } from 'node:path';

/** A folder of Unix sockets, and a way to name them that the system takes. */
export type SocketFolder = {
  /** A path that a socket may be bound or connected to, for as long as the folder is open. */
  pathOf(name: string): string;
  close(): Promise<void>;
};

/** The shortest limit among the systems, macOS's 104 bytes, less the closing zero. */
const LONGEST_PATH = 103;
const LONGEST_NAME = 16;
const ANSWER_WITHIN_MS = 1_000;

/** Finds a short enough way to a folder: its path, the path from here, or its open handle. */
export async function openSocketFolder(folder: string): Promise<SocketFolder> {
  const here = relative(process.cwd(), folder);
  const short = [folder, here].find((path) => fits(path));
  if (short !== undefined) {
    return { pathOf: (name) => join(short, name), close: () => Promise.resolve() };
  }
  if (process.platform === 'linux') {
    const handle = await open(folder);
    return {
      pathOf: (name) => `/proc/self/fd/${handle.fd}/${name}`,
      close: () => handle.close(),
    };
  }
  throw new Error(
    `The path ${folder} is too long to be locked: set DATA_DIR to a folder with a shorter path.`,
  );
}

function fits(folder: string): boolean {
  return Buffer.byteLength(folder) + 1 + LONGEST_NAME <= LONGEST_PATH;
}

/**
 * What a listener on a Unix socket says before it hangs up; empty where it does not say it in time,
 * being busy or stopped; null where nobody listens. Rejects where that cannot be told.
 */
export function askSocket(path: string): Promise<string | null> {
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(path);
    socket.setEncoding('utf8');
    socket.setTimeout(ANSWER_WITHIN_MS, () => {
      socket.destroy();
      resolve('');
    });
    socket.on('data', (text) => {
      answer += text;
    });
    socket.on('end', () => resolve(answer));
    socket.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ECONNREFUSED' || error.code === 'ENOENT') resolve(null);
      // Too many askers at once, or hung up in the middle of an answer: somebody is there.
      else if (error.code === 'EAGAIN' || error.code === 'ECONNRESET') resolve('');
      else reject(error);
    });
  });
}
