import { randomBytes, randomUUID } from 'node:crypto';
import type Router from '@koa/router';
import type { Middleware } from 'koa';
import { createAfricasTalking } from './channels/africastalking/index.js';
import type { Carrier, Listeners, SendSms } from './channels/channel.js';
import { withoutKeyword } from './channels/shared-keyword.js';
import type { BindNews, SmppOptions, SmsIdentities } from './channels/smpp/index.js';
import type { WebhookOptions } from './channels/webhooks/door.js';
import { createWireCarrier } from './channels/wires/wire-carrier.js';
import type { KeyedConfig } from './config.js';
import type { Dialogue } from './dialogue/dialogue.js';
import type { Failed } from './failures.js';
import type { Log } from './log.js';
import type { Metrics } from './metrics.js';
import type { TurnObserver } from './taking.js';

/** No carrier's API should take longer; after it nobody knows whether it took the SMS. */
const SMS_TIMEOUT_MS = 10_000;

/** For the conversation's own late answer; then it cannot even give that. */
const AFTER_PATIENCE_MS = 2_000;

/** All carriers of the configuration. */
export type Carriers = {
  /** The way out for SMS, by the one carrier that sends them. */
  readonly sendSms: SendSms;
  /** Loads what sending takes. */
  prepareToSend(): Promise<void>;
  /** The routes of those that call us over HTTP. */
  webhooks(listeners: Listeners): Middleware[];
  /** Opens the connections that carriers keep; `close` closes them all. */
  connect(listeners: Listeners): Promise<{ close(): Promise<void> }>;
};

type Parts = {
  /** Where the gateway listens. */
  readonly url: string;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly failed: Failed;
  /** For carriers that give inbound SMS no ids. */
  readonly identities: SmsIdentities;
  /** How long the conversation lets a caller wait for a turn, in milliseconds. */
  readonly patienceMs: number;
};

/** Makes the carriers of the configuration, once it is known where the gateway listens. */
export type OpenCarriers = (parts: Parts) => Carriers;

/** Loads what the carriers of the configuration need. */
export async function loadCarriers(config: KeyedConfig): Promise<OpenCarriers> {
  const account = config.smpp;
  if (!account) return (parts) => openCarriers(config, parts, []);
  const { createSmpp } = await import('./channels/smpp/index.js');
  return (parts) => openCarriers(config, parts, [createSmpp({ account, ...smppOptions(parts) })]);
}

function openCarriers(config: KeyedConfig, parts: Parts, others: readonly Carrier[]): Carriers {
  const webhookOptions = optionsOf(config, parts);
  const carriers: readonly Carrier[] = [
    ...(config.carrier.kind === 'smpp' ? [] : [openAfricasTalking(config, parts, webhookOptions)]),
    ...others,
    ...config.ussdWires.map((wire) => createWireCarrier(wire, webhookOptions)),
  ];
  const sender = carriers.find(({ name }) => name === config.smsCarrier);
  if (!sender?.sendSms) throw new Error(`${config.smsCarrier} does not send SMS`);
  const heard = (listeners: Listeners) => withoutSharedKeyword(listeners, config.smsSharedKeyword);

  return {
    sendSms: sender.sendSms,
    prepareToSend: async () => sender.prepareToSend?.(),
    webhooks: (listeners) =>
      carriers.flatMap((carrier) => carrier.webhooks?.(heard(listeners)) ?? []),
    async connect(listeners) {
      const connections = await Promise.all(
        carriers.flatMap((carrier) => carrier.connect?.(heard(listeners)) ?? []),
      );
      return {
        async close() {
          await Promise.all(connections.map((connection) => connection.close()));
        },
      };
    },
  };
}

function optionsOf(
  { webhookSecrets }: KeyedConfig,
  { log, metrics, failed, patienceMs }: Parts,
): WebhookOptions {
  return {
    secrets: webhookSecrets,
    deadlineMs: patienceMs + AFTER_PATIENCE_MS,
    onError(error, { carrier, name }) {
      const about = { carrier, webhook: name };
      failed(error, { where: name, about, message: 'a webhook failed' });
    },
    onMalformed(fault, { carrier, name }) {
      metrics.malformed(carrier, name);
      log.warn({ ...fault, carrier, webhook: name }, 'a webhook request was not readable');
    },
  };
}

/** Africa's Talking; the simulated carrier is the same with a stand-in behind it. */
function openAfricasTalking(
  { carrier }: KeyedConfig,
  { url, log, metrics }: Parts,
  webhookOptions: WebhookOptions,
): Carrier {
  const account =
    carrier.kind === 'africastalking'
      ? carrier
      : {
          username: 'sandbox',
          apiKey: randomBytes(16).toString('hex'),
          baseUrl: `${url}/simulator/africastalking`,
          senderId: null,
        };
  return createAfricasTalking({
    ...webhookOptions,
    sms: { ...account, timeoutMs: SMS_TIMEOUT_MS },
    onUnknownWord(word) {
      metrics.unknownDeliveryWord();
      // Anybody could have sent anything: what is no word is not repeated.
      const said = /^[A-Za-z_ -]{1,40}$/.test(word) ? word : null;
      log.warn({ word: said }, 'a delivery report has a word that is not known');
    },
  });
}

function smppOptions({ log, metrics, failed, identities }: Parts): Omit<SmppOptions, 'account'> {
  return {
    identities,
    onError(error, what) {
      const message = 'what the message centre delivered was not taken';
      failed(error, { where: what, about: { carrier: 'smpp' }, message });
    },
    onMalformed(fault) {
      metrics.malformed('smpp', fault.what);
      log.warn({ ...fault, carrier: 'smpp' }, 'what the message centre delivered was not readable');
    },
    onNews(news) {
      logBind(news, log);
    },
  };
}

/** A link that is lost comes back, and a busy message centre gets free; a refusal is ours to cure. */
function logBind(news: BindNews, log: Log): void {
  const about = { ...news, carrier: 'smpp' };
  if (news.kind === 'bound') log.info(about, 'bound to the message centre');
  else if (news.kind === 'refused' && news.failure !== 'carrierDown') {
    log.error(about, 'the message centre refuses the bind');
  } else log.warn(about, 'not bound to the message centre');
}

/** On a shared short code the keyword that leads to us is no part of what people say. */
function withoutSharedKeyword(listeners: Listeners, keyword: string | null): Listeners {
  if (keyword === null) return listeners;
  return {
    ...listeners,
    sms(message) {
      // Of a long SMS only the first part begins with it.
      if (message.part !== null && message.part.number !== 1) return listeners.sms(message);
      return listeners.sms({ ...message, text: withoutKeyword(keyword, message.text) });
    },
  };
}

/** The simulated network. It sees where its own calls are, which no other carrier does. */
export type Simulator = { readonly routes: Router; readonly observe: TurnObserver };

/** Makes the simulator, once it is known where the gateway listens. */
export type OpenSimulator = (parts: {
  readonly url: string;
  readonly dialogue: Dialogue;
  readonly stopping: AbortSignal;
  readonly now: () => Date;
}) => Simulator;

/** Loads the simulated network and its pages, where the configuration has them; otherwise null. */
export async function loadSimulator(config: KeyedConfig): Promise<OpenSimulator | null> {
  const [webhookSecret] = config.webhookSecrets;
  if (config.carrier.kind !== 'simulated' || webhookSecret === undefined) return null;
  const [{ createNetwork }, { simulatorRoutes }, { createCharts }] = await Promise.all([
    import('./simulator/network.js'),
    import('./simulator/routes.js'),
    import('./charts/charts.js'),
  ]);
  return ({ url, dialogue, stopping, now }) => {
    const { ussdCode, smsShortCode } = config;
    const network = createNetwork({
      gatewayUrl: () => url,
      webhookSecret,
      ussdCode,
      smsShortCode,
      now,
      randomBytes,
      randomUUID,
    });
    return {
      routes: simulatorRoutes({ network, charts: createCharts(dialogue), stopping }),
      observe({ channel, session, flow, state }) {
        if (channel === 'ussd' && flow !== null && state !== null) {
          network.observe(session, { flow, state });
        }
      },
    };
  };
}
