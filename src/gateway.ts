import { randomBytes, randomInt } from 'node:crypto';
import { createServer } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { sendOtherPasswords } from './accounts/another-password.js';
import { loadCarriers, loadSimulator } from './carrier.js';
import type { Listeners } from './channels/channel.js';
import type { KeyedConfig } from './config.js';
import { type Conversation, createConversation } from './conversation.js';
import type { Database } from './database/database.js';
import { isMigrated, migrate } from './database/migrate.js';
import { inTransaction } from './database/transaction.js';
import { createDialogue } from './dialogue/dialogue.js';
import { createFailed } from './failures.js';
import { loadFlows } from './flows.js';
import { registerFunnelMetrics } from './funnel/metrics.js';
import { createNames } from './funnel/names.js';
import { startHousekeeping } from './housekeeping.js';
import { createHttp } from './http.js';
import { createInboundParts } from './inbound-parts.js';
import { keywordAlone } from './keywords.js';
import { createLateTurns, tellOfGivenUp } from './late-turns.js';
import { closeServer, listen } from './listen.js';
import { loadedLater } from './loaded-later.js';
import type { Log } from './log.js';
import { budgetUsed } from './messages/budget.js';
import { recordDeliveryReport } from './messages/delivery-reports.js';
import { outboxDepth } from './messages/depth.js';
import { createOutbox } from './messages/outbox.js';
import { stopMessages } from './messages/stopping.js';
import { createMetrics, type Metrics } from './metrics.js';
import { PATIENCE_MS } from './patience.js';
import { seedReference } from './reference/seed.js';
import { startRounds } from './rounds.js';
import { createSeal } from './seal.js';
import { recordEnding } from './sessions.js';
import { createSmsIdentities } from './sms-identities.js';
import { createTurns } from './turns/turns.js';
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
  /** How long a caller waits for a turn, in milliseconds: {@link PATIENCE_MS} unless given. */
  readonly patienceMs?: number;
};

const OUTBOX_POLL_MS = 1_000;
/**
 * What no caller waits for is loaded after the first of them has been answered, if nobody asks for it
 * before. Soon, for it is loaded from files that somebody may be building anew.
 */
const REST_AFTER_MS = 1_000;
const OWED_EVERY_MS = 30_000;

/**
 * Puts the parts together and listens. Rejects, with everything closed again, where it cannot.
 *
 * @param connecting the database of the configuration, which may be on its way: it is closed with the gateway.
 */
export async function createGateway(
  config: KeyedConfig,
  connecting: Promise<Database>,
  options: GatewayOptions,
): Promise<Gateway> {
  const { log, now } = options;
  const seal = createSeal(config.dataKey, config.previousDataKeys);
  const loading = Promise.all([loadFlows(), loadCarriers(config), loadSimulator(config)]);
  loading.catch(() => {});
  const database = await connecting;
  const server = createServer();
  try {
    const [flows, openCarriers, openSimulator] = await loading;
    const dialogue = createDialogue(flows);
    const { db } = database;
    await migrate(database);
    await seedReference(db);
    const url = await listen(server, config.listen);
    // From here on nothing waits until the server has its handler, or an early request would hang.
    const publicUrl = config.publicUrl ?? url;
    if (config.publicUrl === null && config.carrier.kind !== 'simulated') {
      log.warn(
        { url },
        'PUBLIC_URL is not set: SMS and screens quote an address that no phone can open',
      );
    }
    const stopping = new AbortController();
    const { budget } = config.sending;
    const metrics = createMetrics(
      {
        depth: () => outboxDepth(db),
        budgetUsed: () => budgetUsed(db, { carrier: config.smsCarrier, budget, at: now() }),
      },
      now,
      (registry) => registerFunnelMetrics(registry, db, now),
    );
    const simulator = openSimulator?.({ url, dialogue, stopping: stopping.signal, now }) ?? null;
    const identities = createSmsIdentities({ db, seal, now });
    const patienceMs = options.patienceMs ?? PATIENCE_MS;
    const failed = createFailed(log, metrics, now);
    const carriers = openCarriers({ url, log, metrics, failed, identities, patienceMs });
    const outbox = createOutbox({
      db,
      carrier: config.smsCarrier,
      sendSms: carriers.sendSms,
      prepare: carriers.prepareToSend,
      seal,
      now,
      log,
      random: Math.random,
      pollMs: OUTBOX_POLL_MS,
      ...config.sending,
      onOutcome: metrics.sms,
      onFate: metrics.fate,
    });
    const conversation = createConversation({
      dialogue,
      world: createWorld({
        db,
        hot: database.hot,
        seal,
        now,
        randomInt,
        ussdCode: config.ussdCode,
      }),
      turns: createTurns({ db, hot: database.hot, seal }),
      seal,
      now,
      wakeOutbox: outbox.wake,
      observe(turn) {
        metrics.turn(turn);
        simulator?.observe(turn);
      },
      patienceMs,
      lateTurns: createLateTurns({ db, now }),
      onLateFailure(error) {
        const message = 'a turn failed after its caller was answered';
        failed(error, { where: 'ussd', message });
      },
      screenSeptets: config.screenSeptets,
      facts: { ussdCode: config.ussdCode, smsShortCode: config.smsShortCode, web: publicUrl },
    });
    const operator = loadedLater(async () => {
      const { createOperatorPages } = await import('./operator/operator.js');
      return createOperatorPages({
        ...{ db, now, names: createNames(dialogue), token: config.metricsToken },
        https: publicUrl.startsWith('https:'),
      });
    });
    const web = loadedLater(async () => {
      const { createWeb } = await import('./web/web.js');
      return createWeb({
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
    });
    const parts = createInboundParts({
      ...{ db, seal, now, handOn: conversation.sms },
      keywordIn: (text) => keywordAlone(dialogue, text),
    });
    const heard = listeners(database, { ...conversation, sms: parts.take }, metrics, now);
    const app = createHttp({
      log,
      metrics,
      failed,
      metricsToken: config.metricsToken,
      trustProxy: config.trustProxy,
      isReady: () => isMigrated(database),
      stopping: stopping.signal,
      routes: [...carriers.webhooks(heard), ...(simulator ? [simulator.routes] : [])],
      pages: [operator.middleware, web.middleware],
    });
    server.on('request', app.callback());
    const connections = await carriers.connect(heard);
    outbox.start();
    const housekeeping = startHousekeeping({ db, now, log, parts });
    /** SMS that nobody has just asked for. */
    const startOwed = (queueThem: () => Promise<number>, failure: string) =>
      startRounds({
        everyMs: OWED_EVERY_MS,
        async work() {
          if ((await queueThem()) > 0) outbox.wake();
        },
        onError: (error) => log.warn({ err: error }, failure),
      });
    const owed = [
      startOwed(
        () => sendOtherPasswords({ db, seal, now, randomInt, web: publicUrl }),
        'no other passwords were made',
      ),
      startOwed(
        () => tellOfGivenUp({ db, seal, now, ussdCode: config.ussdCode }),
        'nobody was told that a late turn was given up',
      ),
    ];
    const loadingRest = setTimeout(() => {
      Promise.all([operator.load(), web.load(), carriers.prepareToSend()]).catch((error) =>
        log.error({ err: error }, 'a part of the service cannot be loaded'),
      );
    }, REST_AFTER_MS);
    log.info({ url, database: database.kind, carrier: config.carrier.kind }, 'listening');

    return {
      url,
      database,
      async stop() {
        stopping.abort();
        clearTimeout(loadingRest);
        await closeServer(server);
        await housekeeping.stop();
        for (const rounds of owed) await rounds.stop();
        await conversation.finished();
        await outbox.stop();
        await connections.close();
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
function listeners(
  { db }: Database,
  conversation: Conversation,
  metrics: Metrics,
  now: () => Date,
): Listeners {
  return {
    ussd: conversation.ussd,
    sms: conversation.sms,
    callEnded: (ending) => recordEnding(db, ending),
    async deliveryReport(report) {
      const { fates } = await recordDeliveryReport(db, report, now());
      for (const fate of fates) metrics.fate(fate);
    },
    optOut: (phone) => inTransaction(db, (trx) => stopMessages(trx, { phone, at: now() })),
  };
}
