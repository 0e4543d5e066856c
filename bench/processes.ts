import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';

/** A server under test, or the generator. */
export type Started = {
  readonly child: ChildProcess;
  readonly pid: number;
  /** What it has said so far. */
  output(): string;
  stop(): Promise<void>;
};

export type StartOptions = {
  readonly env?: Readonly<Record<string, string>>;
  /** The core that it has to itself; null: wherever the system puts it. */
  readonly core?: number | null;
  readonly ipc?: boolean;
  readonly cwd?: string;
};

/** Whether processes can be put on cores of their own here. */
export const canPin = availableParallelism() > 1 && hasTaskset();

function hasTaskset(): boolean {
  try {
    execFileSync('taskset', ['-p', String(process.pid)], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

const running = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** Starts a program in an environment of its own. It ends with this process at the latest. */
export function start(program: string, args: readonly string[], options: StartOptions): Started {
  const { env = {}, core = null, ipc = false, cwd } = options;
  const pinned = core !== null && canPin;
  const command = pinned ? 'taskset' : program;
  const child = spawn(command, pinned ? ['-c', String(core), program, ...args] : [...args], {
    cwd,
    env: { PATH: process.env['PATH'] ?? '', NODE_ENV: 'production', ...env },
    // Numbers pass as they are: JSON has no NaN.
    serialization: 'advanced',
    stdio: ['ignore', 'pipe', 'pipe', ...(ipc ? (['ipc'] as const) : [])],
  });
  running.add(child);
  const ended = once(child, 'close').then(() => running.delete(child));
  let said = '';
  child.stdout?.on('data', (chunk) => {
    said = (said + String(chunk)).slice(-20_000);
  });
  child.stderr?.on('data', (chunk) => {
    said = (said + String(chunk)).slice(-20_000);
  });
  return {
    child,
    pid: child.pid ?? 0,
    output: () => said,
    async stop() {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
      const late = setTimeout(() => child.kill('SIGKILL'), 10_000);
      await ended;
      clearTimeout(late);
    },
  };
}

/** Waits until a port of this machine answers HTTP, by asking it again and again. Rejects where the process ends. */
export async function answering(started: Started, port: number, seconds = 60): Promise<void> {
  const deadline = performance.now() + seconds * 1000;
  for (;;) {
    if (started.child.exitCode !== null || performance.now() > deadline) {
      throw new Error(`It does not answer on port ${port}:\n${started.output()}`);
    }
    const there = await fetch(`http://127.0.0.1:${port}/healthz`).then(
      () => true,
      () => false,
    );
    if (there) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
