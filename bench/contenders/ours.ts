import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Split } from '../load/job.js';
import { answering, type Started, start } from '../processes.js';
import type { Contender } from './contender.js';
import { freePort } from './ports.js';

const root = new URL('../../../', import.meta.url);
const { scripts } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8'));
/** As `npm start` starts it: `node`, its options, the program. */
const [, ...started]: string[] = scripts.start.split(' ');
const nodeOptions = started.slice(0, -1);
const main = fileURLToPath(new URL(started.at(-1) ?? '', root));

const secret = 'bench-0123456789abcdef';

export type Ours = {
  readonly name?: string;
  readonly at: Place;
  readonly processes?: number;
  /** How the requests are split among them. */
  readonly split?: Split;
  /** A stand-in for the carrier's API; null: SMS reach nobody. */
  readonly carrierUrl?: string | null;
};

/** A PostgreSQL database, which may be empty, or the folder of an embedded one. */
export type Place = { readonly databaseUrl: string } | { readonly folder: string };

const dataKey = randomBytes(32).toString('base64');

/** This service as it is built, on PostgreSQL or embedded; one process, or several on one database. */
export function ours(options: Ours): Contender {
  const { name = 'CP2 Gateway', at, processes = 1, split = 'requests', carrierUrl } = options;
  return {
    name,
    less: '',
    async start({ core }) {
      const started: Started[] = [];
      const ports: number[] = [];
      // One after the other: the first migrates.
      for (let index = 0; index < processes; index += 1) {
        const port = await freePort();
        const one = startOurs(at, port, { core, carrierUrl: carrierUrl ?? null });
        started.push(one);
        ports.push(port);
        await answering(one, port);
      }
      return {
        pids: started.map(({ pid }) => pid),
        ports,
        split,
        path: ussdPath,
        store: 'databaseUrl' in at ? { kind: 'postgresql', url: at.databaseUrl } : null,
        stop: async () => void (await Promise.all(started.map((one) => one.stop()))),
      };
    },
  };
}

export const webhooks = `/africastalking/${secret}`;
export const ussdPath = `${webhooks}/ussd`;

/** Starts one process of the service, and does not wait for it. */
export function startOurs(
  at: Place,
  port: number,
  options: {
    readonly core: number | null;
    readonly carrierUrl: string | null;
    readonly env?: Readonly<Record<string, string>>;
  },
): Started {
  return start(process.execPath, [...nodeOptions, main], {
    core: options.core,
    env: {
      PORT: String(port),
      HOST: '127.0.0.1',
      ...('databaseUrl' in at ? { DATABASE_URL: at.databaseUrl } : { DATA_DIR: at.folder }),
      DATA_KEY: dataKey,
      WEBHOOK_SECRETS: secret,
      AT_USERNAME: 'bench',
      AT_API_KEY: 'bench',
      AT_BASE_URL: options.carrierUrl ?? 'http://127.0.0.1:9',
      ...options.env,
    },
  });
}
