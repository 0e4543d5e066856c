import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus, loadavg, release, totalmem, type } from 'node:os';
import { server, sql } from '../database.js';
import { MessageError } from '../message-error.js';

/** What it was measured on. */
export type Machine = {
  readonly date: string;
  readonly commit: string;
  readonly system: string;
  /** Programs that wanted a core in the minute before: what they took, the contenders did not get. */
  readonly load: number;
  readonly node: string;
  readonly postgresql: string;
};

export async function describeMachine(): Promise<Machine> {
  const [cpu] = cpus();
  const model = cpu?.model.trim() || 'unknown CPU';
  const memory = Math.round(totalmem() / 2 ** 30);
  return {
    date: new Date().toISOString().slice(0, 10),
    commit: commit(),
    system: `${cpus().length} cores (${model}), ${memory} GB, ${distribution()}, ${type()} ${release()}`,
    load: Math.round((loadavg()[0] ?? 0) * 10) / 10,
    node: `Node.js ${process.versions.node}`,
    postgresql: await describeServer(),
  };
}

/** The settings that decide what a commit costs. Throws a `MessageError` where acknowledged turns may be lost. */
async function describeServer(): Promise<string> {
  const names = ['server_version', 'synchronous_commit', 'fsync', 'shared_buffers'] as const;
  const rows = await sql(
    server,
    `select name, current_setting(name) as value from unnest(array['${names.join("','")}']) name`,
  ).catch((error: Error) => {
    const { hostname, port } = new URL(server);
    throw new MessageError(
      `No PostgreSQL server on ${hostname}:${port} (${error.message}). Name one in BENCH_DATABASE_URL.`,
    );
  });
  const settings = new Map(rows.map(({ name, value }) => [name, String(value)]));
  for (const name of ['synchronous_commit', 'fsync']) {
    if (settings.get(name) !== 'on')
      throw new MessageError(`PostgreSQL has ${name} off: turn it on.`);
  }
  const [version, ...rest] = names.map((name) => settings.get(name) ?? '?');
  const others = names.slice(1).map((name, index) => `${name} ${rest[index]}`);
  return `PostgreSQL ${version?.split(' ')[0]} (${others.join(', ')})`;
}

function distribution(): string {
  try {
    const [, name] = /^PRETTY_NAME="(.*)"$/m.exec(readFileSync('/etc/os-release', 'utf8')) ?? [];
    return name ?? 'unknown system';
  } catch {
    return 'unknown system';
  }
}

function commit(): string {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
  } catch {
    return 'unknown';
  }
}
