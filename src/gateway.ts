import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { setStopped } from './callers.js';
import { createAfricasTalking } from './channels/africastalking/index.js';
import type { Carrier, Listeners } from './channels/channel.js';
import type { Config } from './config.js';
import { type Conversation, createConversation } from './conversation.js';
import { connect, type Database } from './database/connect.js';
import { isMigrated, migrate } from './database/migrate.js';
import { createDialogue } from './dialogue/dialogue.js';
import { loadFlows } from './flows.js';
import { startHousekeeping } from './housekeeping.js';
import { createHttp } from './http.js';
import { developmentKeys } from './keys.js';
import { closeServer, listen } from './listen.js';
import type { Log } from './log.js';
import { recordDeliveryReport } from './messages/delivery-reports.js';
import { outboxDepth } from './messages/depth.js';
import { createOutbox } from './messages/outbox.js';
import { createMetrics, type Metrics } from './metrics.js';
import { createSeal } from './seal.js';
import { createWeb } from './web/web.js';
import { createWorld } from './world.js';

/** The running service. */
export type Gateway = {
  /** Where it listens on this machine, `http://127.0.0.1:3000`. */
  readonly url: string;
  /** What it works on, for those who want to look inside, such as tests. */
  readonly database: Database;
  /** Stops without dropping a turn or an SMS: takes no more, finishes what is under way. */
  stop(): Promise<void>;
};

export type GatewayOptions = {
  readonly log: Log;
  readonly now: () => Date;
  /** Called before the embedded database is created, which takes some seconds. */
  readonly onCreatingDatabase?: () => void;
};

/** No carrier's API should take longer; after it the outcome is unknown and the SMS is tried again. */
const SMS_TIMEOUT_MS = 10_000;
const OUTBOX_POLL_MS = 1_000;
/** Fewer than the database has connections, which the turns need as well. */
const OUTBOX_CONCURRENCY = 6;

/** Puts the parts together and listens. Rejects, with everything closed again, where it cannot. */
export async function createGateway(config: Config, options: GatewayOptions): Promise<Gateway> {
  const { log, now } = options;
  const keys = developmentKeys(config.dataDir);
  const seal = createSeal(config.dataKey ?? (await keys.dataKey()));
  const secrets = config.webhookSecrets ?? [await keys.webhookSecret()];
  const dialogue = createDialogue(await loadFlows());
  const database = await connect(config.database, options.onCreatingDatabase);
  const server = createServer();
  try {
    const { db } = database;
    await migrate(database);
    const url = await listen(server, config.listen);
    const publicUrl = config.publicUrl ?? url;
    const stopping = new AbortController();
    const metrics = createMetrics(() => outboxDepth(db), now);
    const simulator =
      config.carrier.kind === 'simulated'
        ? await openSimulator({ config, url, webhookSecret: secrets[0], stopping, now })
        : null;
    const carrier = openCarrier({ config, secrets, url, log, metrics });
    const outbox = createOutbox({
      db,
      sendSms: carrier.sendSms,
      seal,
      now,
      log,
      random: Math.random,
      pollMs: OUTBOX_POLL_MS,
      concurrency: OUTBOX_CONCURRENCY,
      onOutcome: metrics.sms,
    });
    const conversation = createConversation({
      db,
      dialogue,
      world: createWorld({ db, seal, now, randomInt }),
      seal,
      now,
      wakeOutbox: outbox.wake,
      observe: metrics.turn,
      screenSeptets: config.screenSeptets,
      facts: { ussdCode: config.ussdCode, smsShortCode: config.smsShortCode, web: publicUrl },
    });
    const web = createWeb({
      db,
      takeTurn: conversation.web,
      publicUrl,
      ussdCode: config.ussdCode,
      smsShortCode: config.smsShortCode,
      now,
      randomBytes,
      pause,
      seal,
      secureCookies: publicUrl.startsWith('https:'),
      simulator: simulator !== null,
    });
    const app = createHttp({
      log,
      metrics,
      metricsToken: config.metricsToken,
      trustProxy: config.trustProxy,
      isReady: () => isMigrated(database),
      stopping: stopping.signal,
      routes: [
        carrier.webhooks(listeners(database, conversation, now)),
        ...(simulator ? [simulator] : []),
        web,
      ],
    });
    server.on('request', app.callback());
    outbox.start();
    const housekeeping = startHousekeeping({ db, now, log });
    log.info({ url, database: database.kind, carrier: config.carrier.kind }, 'listening');

    return {
      url,
      database,
      async stop() {
        stopping.abort();
        await closeServer(server);
        await housekeeping.stop();
        await outbox.stop();
        await database.close();
        log.info('stopped');
      },
    };
  } catch (error) {
    server.close();
    await database.close();
    throw error;
  }
}

/** What the carrier tells goes to the conversation, to the outbox and to the caller's own wishes. */
function listeners({ db }: Database, conversation: Conversation, now: () => Date): Listeners {
  return {
    ussd: conversation.ussd,
    sms: conversation.sms,
    async deliveryReport(report) {
      await recordDeliveryReport(db, report, now());
    },
    optOut: (phone) => setStopped(db, { phone, at: now() }),
  };
}

/** The carrier of the configuration. The simulated one is Africa's Talking with a stand-in behind it. */
function openCarrier(parts: {
  config: Config;
  secrets: readonly string[];
  url: string;
  log: Log;
  metrics: Metrics;
}): Carrier {
  const { config, secrets, url, log, metrics } = parts;
  const account =
    config.carrier.kind === 'africastalking'
      ? config.carrier
      : {
          username: 'sandbox',
          apiKey: randomBytes(16).toString('hex'),
          baseUrl: `${url}/simulator/africastalking`,
          senderId: null,
        };
  return createAfricasTalking({
    secrets,
    sms: { ...account, timeoutMs: SMS_TIMEOUT_MS },
    onError(error, webhook) {
      metrics.failure(webhook);
      log.error({ err: error, webhook }, 'a webhook failed');
    },
    onMalformed(fault, webhook) {
      metrics.malformed(webhook);
      log.warn({ ...fault, webhook }, 'a webhook request was not readable');
    },
  });
}

/** The simulated network and its pages, loaded only where they are used. */
async function openSimulator(parts: {
  config: Config;
  url: string;
  webhookSecret: string | undefined;
  stopping: AbortController;
  now: () => Date;
}) {
  const { config, url, webhookSecret, stopping, now } = parts;
  if (webhookSecret === undefined) throw new Error('there is no webhook secret');
  const [{ createNetwork }, { simulatorRoutes }] = await Promise.all([
    import('./simulator/network.js'),
    import('./simulator/routes.js'),
  ]);
  const network = createNetwork({
    gatewayUrl: () => url,
    webhookSecret,
    ussdCode: config.ussdCode,
    smsShortCode: config.smsShortCode,
    now,
    randomBytes,
    randomUUID,
  });
  return simulatorRoutes({ network, stopping: stopping.signal });
}
