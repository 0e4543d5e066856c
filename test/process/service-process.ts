import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';

/** A process of the service. */
export type ServiceProcess = {
  /** Where it listens. Rejects, with what it said, where it ends before it does. */
  readonly url: Promise<string>;
  /** What it has said so far. */
  output(): string;
  /** Sends a signal, and waits for the end. */
  end(signal: NodeJS.Signals): Promise<Ending>;
  /** Waits for the end. */
  readonly ended: Promise<Ending>;
};

/** How a process ended: by itself with a code, or by a signal. */
export type Ending = { readonly code: number | null; readonly signal: NodeJS.Signals | null };

type Environment = Readonly<Record<string, string>>;

/**
 * Starts the service in an environment that holds nothing else, and in a folder that is not the
 * project's. Every process is killed in the end by {@link killAll}.
 */
export function startProcess(main: string, env: Environment): ServiceProcess {
  const child = spawn(process.execPath, [main], {
    cwd: tmpdir(),
    env: { PATH: process.env['PATH'] ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  let said = '';
  const ended = once(child, 'close').then(([code, signal]): Ending => {
    running.delete(child);
    return { code, signal };
  });
  const url = new Promise<string>((resolve, reject) => {
    const hear = (chunk: Buffer) => {
      said += String(chunk);
      const [, address] = /"url":"(http:[^"]+)"[^\n]*"listening"/.exec(said) ?? [];
      if (address) resolve(address);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    void ended.then(() => reject(new Error(`It ended without listening:\n${said}`)));
  });
  // Whoever starts a process that is to be refused does not ask where it listens.
  url.catch(() => {});
  return {
    url,
    output: () => said,
    ended,
    end(signal) {
      child.kill(signal);
      return ended;
    },
  };
}

const running = new Set<ChildProcess>();

/** For what a failed test has left running. */
export function killAll(): void {
  for (const child of running) child.kill('SIGKILL');
}
