import { randomBytes } from 'node:crypto';
import { link, mkdir, open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { PlainError } from './explained.js';

const DATA_KEY = /^[A-Za-z0-9+/_-]{43}=?$/;
const SECRET = /^[\x21-\x7e]{22,}$/;
const STANDS_IN_PATH = /^[\w.~!$&'()*+;=:@-]*$/;

/** Reads a data key as it is written: 32 bytes in base64, and not all of them the same. Else null. */
export function readDataKey(written: string): Buffer | null {
  const key = DATA_KEY.test(written) ? Buffer.from(written, 'base64') : null;
  return key === null || new Set(key).size === 1 ? null : key;
}

/** Whether a secret is long enough, and not one character over and over. */
export function isStrongSecret(secret: string): boolean {
  return SECRET.test(secret) && new Set(secret).size > 1;
}

/** Whether it is strong, and can stand in the path of a web address as it is. */
export function isWebhookSecret(secret: string): boolean {
  return isStrongSecret(secret) && STANDS_IN_PATH.test(secret);
}

/** Keys that nobody has configured: made on the first use, and the same ever after. */
export type DevelopmentKeys = {
  dataKey(): Promise<Buffer>;
  webhookSecret(): Promise<string>;
};

/**
 * The keys that are kept in `<dataDir>/keys/`, for the embedded database and the simulated carrier.
 * Both reject where a file is there but cannot be read or is damaged: with a new key in its place,
 * what the old one has sealed would be lost.
 */
export function developmentKeys(dataDir: string): DevelopmentKeys {
  const folder = join(dataDir, 'keys');
  return {
    dataKey: () => keep(folder, 'data-key', () => randomBytes(32).toString('base64'), readDataKey),
    webhookSecret: () =>
      keep(
        folder,
        'webhook-secret',
        () => randomBytes(24).toString('base64url'),
        (written) => (isWebhookSecret(written) ? written : null),
      ),
  };
}

async function keep<Key>(
  folder: string,
  name: string,
  make: () => string,
  read: (written: string) => Key | null,
): Promise<Key> {
  const file = join(folder, name);
  const written = (await readIfThere(file)) ?? (await writeOnce(folder, name, make()));
  const key = read(written.trim());
  if (key === null) {
    throw new PlainError(
      `The key in ${file} is damaged. Put it back from a backup. ` +
        'Only if nothing was kept under it yet, delete the file: a new key is made then.',
    );
  }
  return key;
}

async function readIfThere(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return null;
    throw new PlainError(`The key in ${file} cannot be read (${code}).`, { cause: error });
  }
}

/** Whole or not at all, and never over another's: of two processes that start at once one writes. */
async function writeOnce(folder: string, name: string, text: string): Promise<string> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const draft = join(folder, `.${name}-${randomBytes(6).toString('hex')}`);
  const handle = await open(draft, 'wx', 0o600);
  try {
    await handle.writeFile(`${text}\n`);
    await handle.sync();
    await link(draft, join(folder, name)).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  } finally {
    await handle.close();
    await rm(draft);
  }
  return readFile(join(folder, name), 'utf8');
}
