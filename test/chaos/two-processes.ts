import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { type ServiceProcess, startProcess } from '../process/service-process.js';
import type { DrawFor } from './drawing.js';

/** Two processes of the service, each at an address of its own that outlives it. */
export type TwoProcesses = {
  readonly urls: readonly string[];
  /** Ends one as a power cut does, and starts it again. Settles when it listens again. */
  kill(which: number): Promise<void>;
  /** How often one was killed. */
  readonly kills: number;
  /** What all of them have said. */
  output(): string;
  /** Ends both as an operator does; with what they ended. */
  stop(): Promise<readonly (number | null)[]>;
};

type Environment = Readonly<Record<string, string>>;

export async function startTwo(
  main: string,
  { draw, envOf }: { draw: DrawFor; envOf: (which: number) => Environment },
): Promise<TwoProcesses> {
  const ports = [await freePort(draw, 0), await freePort(draw, 1)];
  const ended: string[] = [];
  const begin = (which: number) =>
    startProcess(main, { ...envOf(which), HOST: '127.0.0.1', PORT: String(ports[which]) });
  const running = [begin(0), begin(1)];
  await Promise.all(running.map(({ url }) => url));
  let kills = 0;

  const at = (which: number): ServiceProcess => {
    const process = running[which];
    if (!process) throw new Error('there are two processes');
    return process;
  };

  return {
    urls: ports.map((port) => `http://127.0.0.1:${port}`),
    async kill(which) {
      kills += 1;
      await at(which).end('SIGKILL');
      ended.push(at(which).output());
      running[which] = begin(which);
      await at(which).url;
    },
    get kills() {
      return kills;
    },
    output: () => [...ended, ...running.map((process) => process.output())].join('\n'),
    async stop() {
      const endings = await Promise.all(running.map((process) => process.end('SIGTERM')));
      return endings.map(({ code }) => code);
    },
  };
}

/** Below the ports that connections are given, or one might have it when its process comes back. */
async function freePort(draw: DrawFor, which: number): Promise<number> {
  const random = draw('port', which, process.pid);
  for (;;) {
    const port = 20_000 + 2 * random.below(5_000) + which;
    const server = createServer();
    const isFree = await new Promise<boolean>((resolve) => {
      server.once('error', () => resolve(false));
      server.listen(port, '127.0.0.1', () => resolve(true));
    });
    if (isFree) {
      await new Promise((resolve) => server.close(resolve));
      return port;
    }
    await pause(1);
  }
}
