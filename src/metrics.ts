import type Koa from 'koa';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { hashingNow } from './accounts/hashing.js';
import type { OutboxDepth } from './messages/depth.js';
import type { Fate } from './messages/message.js';
import type { Attempt } from './messages/sending.js';
import { bearerToken, isFromThisMachine } from './operator/access.js';
import type { TurnObserver } from './taking.js';

export type Metrics = {
  readonly turn: TurnObserver;
  readonly sms: (attempt: Attempt) => void;
  /** What has become of an SMS. */
  readonly fate: (fate: Fate) => void;
  /** A webhook request that could not be read. */
  malformed(carrier: string, webhook: string): void;
  /** A word in a delivery report that we do not know. */
  unknownDeliveryWord(): void;
  /** What went wrong on our side. */
  failure(where: string): void;
  /** The Prometheus text. */
  text(): Promise<string>;
  readonly contentType: string;
};

/** What is looked up when the metrics are read. */
export type Readings = {
  depth(): Promise<OutboxDepth>;
  /** The share of the day's SMS budget that is used: 1 is all of it. */
  budgetUsed(): Promise<number>;
};

/** Networks are an open list of the carrier's: so many have a line of their own, all others share one. */
const MOST_NETWORKS = 16;

/**
 * Prometheus metrics. Labels are names of flows, channels, networks and outcomes: nothing about a person.
 *
 * @param register adds metrics of other parts.
 */
export function createMetrics(
  read: Readings,
  now: () => Date,
  register: (registry: Registry) => void = () => {},
): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  register(registry);

  const turns = new Counter({
    name: 'cp2_turns_total',
    help: 'Turns of dialogues by channel, flow and outcome',
    labelNames: ['channel', 'flow', 'outcome'],
    registers,
  });
  const turnSeconds = new Histogram({
    name: 'cp2_turn_seconds',
    help: 'Time from a request to its committed reply',
    labelNames: ['channel'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 6],
    registers,
  });
  const smsSent = new Counter({
    name: 'cp2_sms_sendings_total',
    help: 'Attempts to send an SMS by what it carries and what came of it',
    labelNames: ['carries', 'result', 'failure'],
    registers,
  });
  const fates = new Counter({
    name: 'cp2_sms_fates_total',
    help: 'What became of SMS by network: accepted, sent, delivered, unknown, or failed and why',
    labelNames: ['network', 'fate', 'cause'],
    registers,
  });
  const networks = new Set<string>();
  const networkOf = (network: string | null) => {
    if (network === null) return 'unknown';
    if (networks.size < MOST_NETWORKS) networks.add(network);
    return networks.has(network) ? network : 'other';
  };
  new Gauge({
    name: 'cp2_sms_budget_used_ratio',
    help: "Share of the day's SMS budget that is used; 0 where there is none",
    registers,
    async collect() {
      this.set(await read.budgetUsed());
    },
  });
  new Gauge({
    name: 'cp2_password_hashes_waiting',
    help: 'Passwords that are being hashed, or wait for it: turns that register or reset wait with them',
    registers,
    collect() {
      this.set(hashingNow().waiting);
    },
  });
  const malformed = new Counter({
    name: 'cp2_webhook_malformed_total',
    help: 'Webhook requests that could not be read',
    labelNames: ['carrier', 'webhook'],
    registers,
  });
  const unknownWords = new Counter({
    name: 'cp2_delivery_words_unknown_total',
    help: 'Words in delivery reports that are not known',
    registers,
  });
  const failures = new Counter({
    name: 'cp2_failures_total',
    help: 'Failures on our side by where they happened',
    labelNames: ['where'],
    registers,
  });
  const oldest = new Gauge({
    name: 'cp2_outbox_oldest_seconds',
    help: 'How long the SMS that has waited longest has been due',
    registers,
  });
  new Gauge({
    name: 'cp2_outbox_waiting',
    help: 'SMS that wait to be sent',
    registers,
    async collect() {
      const depth = await read.depth();
      this.set(depth.queued + depth.sending);
      const since = depth.oldestDueAt?.getTime() ?? now().getTime();
      oldest.set(Math.max(0, (now().getTime() - since) / 1000));
    },
  });

  return {
    turn({ channel, outcome, flow, seconds }) {
      turns.inc({ channel, flow: flow ?? '', outcome });
      turnSeconds.observe({ channel }, seconds);
    },
    sms: ({ carries, result, failure }) => smsSent.inc({ carries, result, failure: failure ?? '' }),
    malformed: (carrier, webhook) => malformed.inc({ carrier, webhook }),
    unknownDeliveryWord: () => unknownWords.inc(),
    fate: ({ network, state, failure }) =>
      fates.inc({ network: networkOf(network), fate: state, cause: failure ?? '' }),
    failure: (where) => failures.inc({ where }),
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}

/** Whether a request may read the metrics: with the token where one is set, otherwise from this machine itself. */
export function mayReadMetrics(
  ctx: Koa.Context,
  isToken: ((given: string) => boolean) | null,
): boolean {
  if (!isToken) return isFromThisMachine(ctx);
  const token = bearerToken(ctx);
  return token !== null && isToken(token);
}
