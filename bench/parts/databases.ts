import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { anywhere, type Contender } from '../contenders/contender.js';
import { ours } from '../contenders/ours.js';
import { createDatabase, dropDatabase } from '../database.js';
import { type Amounts, fill } from '../fill.js';

/** Databases and folders that are gone when the bench ends. */
const made = new Set<string>();
const folders: string[] = [];

/** As many as a small county has: what the contenders are compared on. */
export const few: Amounts = {
  accounts: 10_000,
  visitors: 10_000,
  sessions: 10_000,
  messages: 10_000,
};

export function emptyDatabase(): Promise<string> {
  return keepTrack(createDatabase());
}

async function keepTrack(creating: Promise<string>): Promise<string> {
  const url = await creating;
  made.add(url);
  return url;
}

/** A database with the service's own schema, made by the service itself at its first start, and filled. */
export async function filledDatabase(
  amounts: Amounts,
  say?: (text: string) => void,
): Promise<string> {
  const databaseUrl = await emptyDatabase();
  const running = await ours({ at: { databaseUrl } }).start(anywhere);
  await running.stop();
  await fill(databaseUrl, amounts, say);
  return databaseUrl;
}

/**
 * A contender that has a copy of a database each time that it starts, and nothing in it from the time
 * before: what has piled up would count against whoever is measured later.
 */
export function onCopies(
  databaseUrl: string,
  contenderOn: (databaseUrl: string) => Contender,
): Contender {
  return {
    ...contenderOn(databaseUrl),
    async start(options) {
      const copy = await keepTrack(createDatabase(databaseUrl));
      const running = await contenderOn(copy).start(options);
      return {
        ...running,
        async stop() {
          await running.stop();
          await drop(copy);
        },
      };
    },
  };
}

/** A folder for an embedded database, or for whatever else there is to keep for a while. */
export function scratchFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'cp2-bench-'));
  folders.push(folder);
  return folder;
}

export async function drop(databaseUrl: string): Promise<void> {
  await dropDatabase(databaseUrl);
  made.delete(databaseUrl);
}

export async function dropAll(): Promise<void> {
  for (const url of made) await drop(url);
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
}
