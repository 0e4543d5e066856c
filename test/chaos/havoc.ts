import { connect, type DatabaseConfig } from '../../src/database/connect.js';
import { WEBHOOK_SECRET } from '../kit/handset.js';
import { rowsOf } from '../kit/rows.js';
import { API_KEY, DATA_KEY } from '../kit/service.js';
import type { Random } from '../proof/random.js';
import { planFor } from './calls.js';
import { type Carrier, openCarrier } from './carrier.js';
import type { DrawFor } from './drawing.js';
import { PASSWORD } from './passwords.js';
import { createPeople, type Person } from './people.js';
import { isAnsweredInTime } from './replies.js';
import { openSendingApi, type SendingApi } from './sending-api.js';
import { startTwo, type TwoProcesses } from './two-processes.js';

/** Everything that is there when two processes serve many calls at once. */
export type Scene = {
  readonly people: readonly Person[];
  readonly carrier: Carrier;
  readonly api: SendingApi;
  readonly processes: TwoProcesses;
};

/** People call in so many at a time, and each so many times. */
const AT_ONCE = 32;
const CALLS_EACH = 8;
/** After about so many calls a process is killed. */
const KILL_EVERY = 200;

/** Starts the two processes on a database, and all that is around them. */
export async function setScene(options: {
  readonly main: string;
  readonly database: DatabaseConfig;
  readonly draw: DrawFor;
  readonly calls: number;
}): Promise<Scene> {
  const { main, database, draw, calls } = options;
  if (database.kind !== 'postgresql') throw new Error('two processes need a server');
  const api = await openSendingApi(draw, ({ form }) => carrier.webhook('delivery-reports', form));
  const processes = await startTwo(main, {
    draw,
    envOf: (which) => ({
      DATABASE_URL: database.url,
      DATA_KEY,
      WEBHOOK_SECRETS: WEBHOOK_SECRET,
      AT_USERNAME: 'gateway',
      AT_API_KEY: API_KEY,
      AT_BASE_URL: api.url(which),
      PUBLIC_URL: 'https://cp2.example',
      LOG_LEVEL: 'trace',
    }),
  });
  const carrier = openCarrier(processes.urls, draw);
  return { people: createPeople(Math.ceil(calls / CALLS_EACH), draw), carrier, api, processes };
}

/** Everybody does all that they do, while processes are killed; until every copy of every request has its answer. */
export async function playOut(scene: Scene, draw: DrawFor): Promise<void> {
  const { people, carrier, api } = scene;
  const killer = createKiller(scene, draw);
  const waiting = [...people.entries()];

  const live = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [nr, person] = next;
      for (const [at, deeds] of planFor(draw('plan', nr), CALLS_EACH).entries()) {
        await Promise.all(
          deeds.map(async (deed, of) => {
            const random = draw('deed', nr, at, of);
            await deed(person, { carrier, random, inbox: ({ number }) => inboxOf(api, number) });
            killer.count();
          }),
        );
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, live));
  await killer.finish();
  api.breakOff();
  await api.reported();
  await carrier.settled();
}

/** Requests that are sent once more when all is over. */
const ASKED_AGAIN = 300;
/** What the outbox goes on writing to, and what nobody writes to. */
const EXCEPT = ['messages', 'early_delivery_reports', 'sms_spending', 'reference_items'];

/**
 * Sends some requests again that were answered long ago. Gives the tables that are not as they were before.
 * What nobody was told the result of may not have been taken yet, and is taken when it comes again.
 */
export async function askAgain(
  { carrier }: Scene,
  config: DatabaseConfig,
  draw: DrawFor,
): Promise<readonly string[]> {
  const random = draw('again');
  const idempotent = carrier.asked.filter((one) => {
    const { path, form } = one.request;
    const isRepeatable = path.startsWith('/africastalking/') || form?.['once'] !== undefined;
    return isRepeatable && isAnsweredInTime(one);
  });
  const database = await connect(config);
  try {
    const before = await rowsOf(database.db, EXCEPT);
    for (let left = ASKED_AGAIN; left > 0; left -= 10) {
      await Promise.all(
        Array.from({ length: 10 }, () => carrier.askAgain(random.pick(idempotent))),
      );
    }
    const after = await rowsOf(database.db, EXCEPT);
    return Object.keys(before).filter((table) => before[table]?.join() !== after[table]?.join());
  } finally {
    await database.close();
  }
}

/** What the processes tell of themselves. */
export async function metricsOf({ processes }: Scene): Promise<string> {
  const texts = await Promise.all(
    processes.urls.map(async (url) => (await fetch(`${url}/metrics`)).text()),
  );
  return texts.join('\n');
}

/** The passwords that have reached a number, the last one first. */
export function inboxOf(api: SendingApi, number: string): readonly string[] {
  return api.postings
    .filter(({ to, id, reported }) => to === number && id !== null && reported !== 'failed')
    .flatMap(({ text }) => PASSWORD.exec(text)?.[0] ?? [])
    .reverse();
}

/**
 * Kills a process after about so many calls: at that moment, whatever it is doing; or when it has just
 * given an SMS to the carrier, before it is told that it was taken or before it can have noted it.
 */
function createKiller({ processes, api }: Scene, draw: DrawFor) {
  let count = 0;
  let next = KILL_EVERY / 2;
  let killing: Promise<void> = Promise.resolve();
  let finish = () => {};
  const over = new Promise<void>((resolve) => {
    finish = resolve;
  });

  async function kill(random: Random): Promise<void> {
    if (random.chance(0.1)) {
      await Promise.all([processes.kill(0), processes.kill(1)]);
      return;
    }
    const which = random.below(2);
    const when = random.pick(['now', 'taken', 'heard'] as const);
    if (when === 'now') return processes.kill(which);
    const struck = await new Promise<number>((resolve) => {
      const forget = api.strikeAt(when, resolve);
      // Where no SMS goes out any more.
      void over.then(() => {
        forget();
        resolve(which);
      });
    });
    await processes.kill(struck);
  }

  return {
    count() {
      count += 1;
      if (count < next) return;
      const random = draw('kill', next);
      next += KILL_EVERY / 2 + random.below(KILL_EVERY);
      killing = killing.then(() => kill(random));
      // Whoever has failed meanwhile does not wait for it.
      killing.catch(() => {});
    },
    async finish() {
      finish();
      await killing;
    },
  };
}
