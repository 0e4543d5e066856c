import { randomBytes } from 'node:crypto';
import { Writable } from 'node:stream';
import type { Knex } from 'knex';
import { readConfig, secretsOf, withKeys } from '../../src/config.js';
import { connect, type DatabaseConfig } from '../../src/database/connect.js';
import { createGateway, type Gateway } from '../../src/gateway.js';
import { createLog } from '../../src/log.js';
import type { Phone } from './conversation.js';
import { borrowDatabase, type FreshDatabase, freshDatabase } from './database.js';
import { createHandset, type PostForm, postTo, WEBHOOK_SECRET } from './handset.js';
import { openSendingStandIn, type SendingStandIn } from './sending-stand-in.js';

export const API_KEY = 'atsk_an-api-key-for-tests-0002';
export const DATA_KEY = Buffer.from(randomBytes(32)).toString('base64');

/** A real gateway on a real database, with a stand-in for the carrier's API behind it. */
export type Service = {
  readonly url: string;
  readonly database: DatabaseConfig;
  /** The gateway's own way to the database: an embedded one has no other. */
  readonly db: Knex;
  readonly carrier: SendingStandIn;
  /** What it has logged so far. */
  log(): string;
  /** A handset with a number of its own. */
  phone(number?: string): Phone & { readonly number: string };
  readonly post: PostForm;
  /** Another process's worth of gateway on the same database, whose environment may say something else. */
  another(env?: ServiceOptions['env']): Promise<Gateway>;
  /** Stops the gateway alone: its database and its carrier are left to look at. */
  stopGateway(): Promise<void>;
  stop(): Promise<void>;
};

const numbers = (function* () {
  for (let number = 712_000_000; ; number += 1) yield `+254${number}`;
})();

/** So that a busy machine, on which a password takes seconds to hash, changes no conversation. */
const PATIENT_MS = 60_000;

export type ServiceOptions = {
  readonly kind?: DatabaseConfig['kind'];
  readonly now?: () => Date;
  /** What its environment says besides. */
  readonly env?: Readonly<Record<string, string>>;
  /** How long a caller waits for a turn, in milliseconds; where a test is not about that, {@link PATIENT_MS}. */
  readonly patienceMs?: number;
  /** A database that is nobody else's: to open it once the gateway has stopped, or for a second service. */
  readonly fresh?: FreshDatabase;
};

export async function openService(options: ServiceOptions = {}): Promise<Service> {
  const { config: at, connecting, done } = await databaseFor(options);
  const carrier = await openSendingStandIn();
  let logged = '';
  const destination = new Writable({
    write(chunk, _encoding, done) {
      logged += String(chunk);
      done();
    },
  });
  const configWith = async (env: ServiceOptions['env']) => ({
    ...(await withKeys(
      readConfig({
        PORT: '0',
        HOST: '127.0.0.1',
        AT_USERNAME: 'gateway',
        AT_API_KEY: API_KEY,
        AT_BASE_URL: carrier.url,
        WEBHOOK_SECRETS: WEBHOOK_SECRET,
        DATA_KEY,
        LOG_LEVEL: 'trace',
        // A clock that a test turns would hold the SMS back as well.
        SMS_PER_SECOND: '1000',
        ...options.env,
        ...env,
      }),
    )),
    database: at,
  });
  const begin = async (env: ServiceOptions['env'] = {}) => {
    const config = await configWith(env);
    return createGateway(config, connecting(), {
      log: createLog({ level: config.logLevel, secrets: secretsOf(config), destination }),
      now: options.now ?? (() => new Date()),
      patienceMs: options.patienceMs ?? PATIENT_MS,
    });
  };
  const gateway = await begin().catch(async (error: unknown) => {
    // The next service of this worker could not have the database otherwise.
    await done();
    throw error;
  });
  const others: Gateway[] = [];
  let stopped: Promise<void> | undefined;
  const stopGateway = () => {
    stopped ??= gateway.stop();
    return stopped;
  };
  const post = postTo(gateway.url);

  return {
    url: gateway.url,
    database: at,
    db: gateway.database.db,
    carrier,
    log: () => logged,
    post,
    phone(number = numbers.next().value) {
      return {
        number,
        ...createHandset(number, post, async () => (await carrier.next(number)).message),
      };
    },
    async another(env) {
      const other = await begin(env);
      others.push(other);
      return other;
    },
    stopGateway,
    async stop() {
      for (const other of others) await other.stop();
      await stopGateway();
      await carrier.stop();
      await done();
    },
  };
}

/** Where a service keeps everything. The gateway closes what `connecting` gives. */
async function databaseFor({ kind = 'embedded', fresh }: ServiceOptions) {
  if (kind === 'embedded' && !fresh) {
    const { database, config, done } = await borrowDatabase();
    return { config, connecting: async () => database, done };
  }
  const { config, remove } = fresh ?? (await freshDatabase(kind));
  return { config, connecting: () => connect(config), done: remove };
}
