import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { start } from '../processes.js';
import { freePort } from './ports.js';

export type Redis = { readonly url: string; readonly pid: number; stop(): Promise<void> };

export function hasRedis(): boolean {
  try {
    execFileSync('redis-server', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Starts a Redis of our own that keeps nothing on disk: as fast as it can be. */
export async function startRedis(core: number | null): Promise<Redis> {
  const folder = await mkdtemp(join(tmpdir(), 'cp2-bench-redis-'));
  const port = await freePort();
  const started = start(
    'redis-server',
    ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'],
    { core, cwd: folder },
  );
  for (let tries = 0; !(await listens(port)); tries += 1) {
    if (tries > 100) throw new Error(`Redis does not start:\n${started.output()}`);
    await pause(50);
  }
  return {
    url: `redis://127.0.0.1:${port}`,
    pid: started.pid,
    async stop() {
      await started.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.on('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
}
