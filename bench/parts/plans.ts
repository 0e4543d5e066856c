import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { deserialize } from 'node:v8';
import { startOurs, webhooks } from '../contenders/ours.js';
import { freePort } from '../contenders/ports.js';
import { startSmall } from '../contenders/small.js';
import { sql } from '../database.js';
import { strangers } from '../fill.js';
import { findWholeReads, type WholeRead } from '../plans/explain.js';
import type { Query } from '../plans/queries.js';
import { walkThrough } from '../plans/walk.js';
import { answering } from '../processes.js';
import { scratchFolder } from './databases.js';

const preload = new URL('../plans/preload.js', import.meta.url).href;

export type Plans = { readonly queries: number; readonly wholeReads: readonly WholeRead[] };

/** Explains, on a filled database, every query that the service sends while people call, text and log in. */
export async function plansOn(databaseUrl: string): Promise<Plans> {
  const file = join(scratchFolder(), 'queries');
  const [port, carrierPort] = [await freePort(), await freePort()];
  const carrier = startSmall('carrier', carrierPort, { core: null });
  const service = startOurs({ databaseUrl }, port, {
    core: null,
    carrierUrl: `http://127.0.0.1:${carrierPort}`,
    env: { NODE_OPTIONS: `--import ${preload}`, BENCH_QUERIES_FILE: file },
  });
  try {
    await answering(carrier, carrierPort);
    await answering(service, port);
    const smsCame = () => sent(databaseUrl);
    const url = `http://127.0.0.1:${port}`;
    await walkThrough({ url, webhooks, phone: strangers().first, smsCame });
    await service.stop();
    const queries: Query[] = deserialize(await readFile(file));
    return { queries: queries.length, wholeReads: await findWholeReads(databaseUrl, queries) };
  } finally {
    await service.stop();
    await carrier.stop();
  }
}

async function sent(databaseUrl: string): Promise<void> {
  const waiting = `select 1 from messages where state in ('queued', 'sending') limit 1`;
  while ((await sql(databaseUrl, waiting)).length > 0) await pause(20);
}
