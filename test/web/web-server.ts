import { randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Knex } from 'knex';
import Koa from 'koa';
import { createAccount, setOwnPassword } from '../../src/accounts/accounts.js';
import { hashPassword } from '../../src/accounts/passwords.js';
import { noteCaller } from '../../src/callers.js';
import { inTransaction } from '../../src/database/transaction.js';
import type { Language } from '../../src/dialogue/languages.js';
import type { Phone } from '../../src/phone-number.js';
import { createSeal, type Seal } from '../../src/seal.js';
import { createWeb, type WebDeps, type WebTurn } from '../../src/web/web.js';

export type WebServer = {
  readonly url: string;
  /** What it keeps the details under. */
  readonly seal: Seal;
  /** What the forms asked the flows for, in order. */
  readonly turns: Parameters<WebTurn>[0][];
  /** Where the flows come to rest from now on. */
  rest(at: { state: string; context?: Record<string, unknown> }): void;
  /** The errors that the application reported, to be logged. */
  readonly errors: unknown[];
  /** Moves the service's clock. */
  setNow(now: Date): void;
  readonly pauses: number[];
  close(): Promise<void>;
};

export const START = new Date('2026-11-24T08:00:00Z');

/**
 * The pages over HTTP, on a real database. The flows behind register and reset are recorded, not run:
 * they have tests of their own.
 */
export async function startWeb(db: Knex, options: Partial<WebDeps> = {}): Promise<WebServer> {
  let now = START;
  let resting: Awaited<ReturnType<WebTurn>> = { state: 'registered', context: {} };
  const turns: Parameters<WebTurn>[0][] = [];
  const pauses: number[] = [];
  const errors: unknown[] = [];
  const app = new Koa();
  const server = createServer();
  const url = await listen(server);
  const seal = options.seal ?? createSeal(randomBytes(32));
  const web = createWeb({
    db,
    takeTurn: async (request) => {
      turns.push(request);
      return resting;
    },
    publicUrl: url,
    ussdCode: '*384*27#',
    smsShortCode: '22263',
    now: () => now,
    randomBytes,
    pause: async (ms) => {
      pauses.push(ms);
    },
    seal,
    secureCookies: false,
    simulator: false,
    ...options,
  });
  app.on('error', (error) => errors.push(error));
  app.use(web);
  server.on('request', app.callback());
  return {
    url,
    seal,
    turns,
    errors,
    pauses,
    rest: ({ state, context = {} }) => {
      resting = { state, context };
    },
    setNow: (at) => {
      now = at;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function listen(server: Server): Promise<string> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      resolve(`http://127.0.0.1:${port}`);
    });
  });
}

/** Puts an account there, as a registration would have. */
export async function haveAccount(
  db: Knex,
  account: {
    phone: Phone;
    password: string;
    kind?: 'issued' | 'own';
    language?: Language | null;
    at?: Date;
  },
): Promise<void> {
  const { phone, password, kind = 'own', language = null, at = START } = account;
  const passwordHash = await hashOnce(password);
  await inTransaction(db, async (trx) => {
    await noteCaller(trx, { phone, language, at });
    await createAccount(trx, { phone, passwordHash, via: 'ussd', at });
    if (kind === 'own') await setOwnPassword(trx, { phone, passwordHash, at });
  });
}

const hashes = new Map<string, Promise<string>>();

/** Hashing is slow by design, and the tests use the same few passwords. */
function hashOnce(password: string): Promise<string> {
  const hash = hashes.get(password) ?? hashPassword(password);
  hashes.set(password, hash);
  return hash;
}

let numbers = 0;

/** A number that no other test of the file has. */
export function newPhone(): Phone {
  numbers += 1;
  return `2547${String(numbers).padStart(8, '0')}` as Phone;
}
