import { fileURLToPath } from 'node:url';
import { answering, start } from '../processes.js';
import type { Contender } from './contender.js';
import { freePort } from './ports.js';

export type Small = {
  readonly name: string;
  readonly less: string;
  /** The file in bench/servers, without its ending. */
  readonly server: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly databaseUrl?: string;
};

/** A server of bench/servers: it listens on PORT and takes the form at /ussd. */
export function small({ name, less, server, env = {}, databaseUrl }: Small): Contender {
  return {
    name,
    less,
    async start({ core }) {
      const port = await freePort();
      const database = databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl };
      const started = startSmall(server, port, { core, env: { ...env, ...database } });
      await answering(started, port);
      return {
        pids: [started.pid],
        ports: [port],
        path: '/ussd',
        store: databaseUrl === undefined ? null : { kind: 'postgresql', url: databaseUrl },
        stop: () => started.stop(),
      };
    },
  };
}

/** Starts a server of bench/servers, and does not wait for it. */
export function startSmall(
  server: string,
  port: number,
  { core, env = {} }: { core: number | null; env?: Readonly<Record<string, string>> },
) {
  const file = fileURLToPath(new URL(`../servers/${server}.js`, import.meta.url));
  return start(process.execPath, [file], { core, env: { ...env, PORT: String(port) } });
}
