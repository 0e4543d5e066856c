import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import pg from 'pg';
import { canPin } from './processes.js';

/** Clock ticks a second, by which Linux counts CPU time in /proc on every common architecture. */
const TICKS = 100;

/** The CPU seconds that a process of this machine has used with all its threads; null where nobody can tell. */
export function cpuSeconds(pid: number): number | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name, in parentheses, may hold spaces.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) / TICKS;
  } catch {
    return null;
  }
}

/** The same of several; null where nobody can tell of one. */
export function cpuSecondsOf(pids: readonly number[]): number | null {
  let sum = 0;
  for (const pid of pids) {
    const used = cpuSeconds(pid);
    if (used === null) return null;
    sum += used;
  }
  return sum;
}

/** Memory that a process holds, in MB; null where nobody can tell. */
export function residentMb(pid: number): number | null {
  try {
    const [, kb] = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return kb === undefined ? null : Number(kb) / 1024;
  } catch {
    return null;
  }
}

/** Adds up the CPU time of the backends that serve one database. */
export type BackendCpu = {
  /** Since the watch began; null where the server is on another machine. */
  seconds(): Promise<number | null>;
  stop(): Promise<void>;
};

/**
 * Looks twice a second, so that a backend that comes or goes meanwhile is missed by half a second at
 * most. What PostgreSQL's own processes (checkpoints, WAL writer) use is not in it.
 *
 * @param core the core on which the backends are put, where we may; null: they stay where they are.
 */
export async function watchBackends(databaseUrl: string, core: number | null): Promise<BackendCpu> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const first = new Map<number, number>();
  const last = new Map<number, number>();
  let isHere = true;

  const look = async (isFirst: boolean) => {
    const { rows } = await client.query<{ pid: number }>(
      'select pid from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
    );
    for (const { pid } of rows) {
      const used = cpuSeconds(pid);
      if (used === null) {
        isHere = false;
        continue;
      }
      if (!first.has(pid)) {
        first.set(pid, isFirst ? used : 0);
        if (core !== null) pin(pid, core);
      }
      last.set(pid, used);
    }
  };
  await look(true);
  let looking = Promise.resolve();
  const timer = setInterval(() => {
    looking = looking.then(() => look(false));
  }, 500);

  return {
    async seconds() {
      await looking;
      await look(false);
      if (!isHere) return null;
      let sum = 0;
      for (const [pid, used] of last) sum += used - (first.get(pid) ?? 0);
      return sum;
    },
    async stop() {
      clearInterval(timer);
      await looking;
      await client.end();
    },
  };
}

/** Puts a process of another user on a core, where we may: as root, or as that user. */
function pin(pid: number, core: number): void {
  if (canPin) execFile('taskset', ['-cp', String(core), String(pid)], () => {});
}
