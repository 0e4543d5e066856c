import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { answering, type Started, start } from '../processes.js';
import type { Contender, Running } from './contender.js';
import { freePort } from './ports.js';

const main = fileURLToPath(new URL('../../../dist/src/main.js', import.meta.url));
const secret = 'bench-0123456789abcdef';

export type Ours = {
  readonly name?: string;
  /** A database that may be empty. */
  readonly databaseUrl: string;
  readonly processes?: number;
};

/** This service as it is built, on PostgreSQL; one process, or several on one database. */
export function ours({ name = 'CP2 Gateway', databaseUrl, processes = 1 }: Ours): Contender {
  return {
    name,
    async start({ core }): Promise<Running> {
      const started: Started[] = [];
      const ports: number[] = [];
      const dataKey = randomBytes(32).toString('base64');
      // One after the other: the first migrates.
      for (let index = 0; index < processes; index += 1) {
        const port = await freePort();
        const one = start(process.execPath, [main], {
          core,
          env: {
            PORT: String(port),
            HOST: '127.0.0.1',
            DATABASE_URL: databaseUrl,
            DATA_KEY: dataKey,
            WEBHOOK_SECRETS: secret,
            AT_USERNAME: 'bench',
            AT_API_KEY: 'bench',
            // Nothing is sent; if something were, it would reach nobody.
            AT_BASE_URL: 'http://127.0.0.1:9',
          },
        });
        started.push(one);
        ports.push(port);
        await answering(one, port);
      }
      return {
        pids: started.map(({ pid }) => pid),
        ports,
        path: `/africastalking/${secret}/ussd`,
        databaseUrl,
        stop: async () => void (await Promise.all(started.map((one) => one.stop()))),
      };
    },
  };
}
