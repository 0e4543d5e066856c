import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { connect } from '../src/database/connect.js';
import { migrate } from '../src/database/migrate.js';
import { seedReference } from '../src/reference/seed.js';
import {
  copyFolder,
  databaseUrl,
  dropDatabase,
  dropLeftovers,
  newTestDatabaseName,
  onServer,
  scratchFolder,
  testServer,
} from './kit/database.js';
import { openService } from './kit/service.js';

const HOUR_MS = 3_600_000;

/** Makes the templates that every test's database is copied from, and opens the service that conversations share. */
export default async function setUp({
  provide,
  config,
}: TestProject): Promise<() => Promise<void>> {
  const folder = await embeddedTemplate(config.root);
  provide('embeddedTemplate', folder);
  for (const scratch of new Set([tmpdir(), scratchFolder()])) {
    await removeOldFolders(scratch, /^cp2-test-/, HOUR_MS);
  }
  const server = testServer;
  const template = server === null ? null : await postgresqlTemplate(server);
  provide('postgresqlTemplate', template);
  const service = await openService({ fresh: await copyFolder(folder) });
  provide('service', { url: service.url, carrier: service.carrier.url });
  return async () => {
    await service.stop();
    if (server !== null && template !== null) await dropDatabase(server, template);
  };
}

/** Creating one takes seconds, so it is kept for the next runs, until what is in it changes. */
async function embeddedTemplate(root: string): Promise<string> {
  const cache = join(root, 'node_modules/.cache/cp2-test');
  const template = join(cache, await versionOfContents(root));
  await removeOldFolders(cache, /./, 24 * HOUR_MS, template);
  if (existsSync(template)) return template;

  await mkdir(cache, { recursive: true });
  const home = await mkdtemp(join(cache, 'growing-'));
  const folder = join(home, 'database');
  const database = await connect({ kind: 'embedded', folder });
  try {
    await migrate(database);
    await seedReference(database.db);
  } finally {
    await database.close();
  }
  // Another run may have been quicker; then its template is as good as ours.
  await rename(folder, template).catch((error: unknown) => {
    if (!existsSync(template)) throw error;
  });
  await rm(home, { recursive: true, force: true });
  return template;
}

async function versionOfContents(root: string): Promise<string> {
  const hash = createHash('sha256');
  for (const folder of ['migrations', 'src/reference/seed']) {
    for (const file of (await readdir(join(root, folder))).sort()) {
      hash.update(`${file}\0`).update(await readFile(join(root, folder, file)));
    }
  }
  hash.update(await readFile(join(root, 'node_modules/@electric-sql/pglite/package.json')));
  return hash.digest('hex').slice(0, 16);
}

async function postgresqlTemplate(server: string): Promise<string> {
  await dropLeftovers(server);
  const name = newTestDatabaseName();
  await onServer(server, `create database ${name}`);
  const database = await connect({ kind: 'postgresql', url: databaseUrl(server, name) });
  try {
    await migrate(database);
    await seedReference(database.db);
  } finally {
    await database.close();
  }
  return name;
}

async function removeOldFolders(
  parent: string,
  names: RegExp,
  ageMs: number,
  except?: string,
): Promise<void> {
  for (const name of existsSync(parent) ? await readdir(parent) : []) {
    const folder = join(parent, name);
    if (!names.test(name) || folder === except) continue;
    const made = await stat(folder).catch(() => null);
    if (made !== null && Date.now() - made.mtimeMs > ageMs) {
      await rm(folder, { recursive: true, force: true });
    }
  }
}
