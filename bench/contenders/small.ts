import { fileURLToPath } from 'node:url';
import { answering, start } from '../processes.js';
import type { Contender } from './contender.js';
import { freePort } from './ports.js';

export type Small = {
  readonly name: string;
  /** The file in bench/servers, without its ending. */
  readonly server: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly databaseUrl?: string;
};

/** A server of bench/servers: it listens on PORT and takes the form at /ussd. */
export function small({ name, server, env = {}, databaseUrl }: Small): Contender {
  const file = fileURLToPath(new URL(`../servers/${server}.js`, import.meta.url));
  return {
    name,
    async start({ core }) {
      const port = await freePort();
      const started = start(process.execPath, [file], {
        core,
        env: {
          ...env,
          PORT: String(port),
          ...(databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl }),
        },
      });
      await answering(started, port);
      return {
        pids: [started.pid],
        ports: [port],
        path: '/ussd',
        databaseUrl: databaseUrl ?? null,
        stop: () => started.stop(),
      };
    },
  };
}
