import { randomBytes, randomUUID } from 'node:crypto';
import type Router from '@koa/router';
import { createAfricasTalking } from './channels/africastalking/index.js';
import type { Carrier } from './channels/channel.js';
import type { KeyedConfig } from './config.js';
import type { Log } from './log.js';
import type { Metrics } from './metrics.js';

/** No carrier's API should take longer; after it the outcome is unknown and the SMS is tried again. */
const SMS_TIMEOUT_MS = 10_000;

/**
 * The carrier of the configuration. The simulated one is Africa's Talking with a stand-in behind it.
 *
 * @param url where the gateway listens.
 */
export function openCarrier(
  config: KeyedConfig,
  { url, log, metrics }: { url: string; log: Log; metrics: Metrics },
): Carrier {
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
    secrets: config.webhookSecrets,
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

/** Makes the simulator's routes, once it is known where the gateway listens. */
export type OpenSimulator = (parts: {
  readonly url: string;
  readonly stopping: AbortSignal;
  readonly now: () => Date;
}) => Router;

/** Loads the simulated network and its pages, where the configuration has them; otherwise null. */
export async function loadSimulator(config: KeyedConfig): Promise<OpenSimulator | null> {
  const [webhookSecret] = config.webhookSecrets;
  if (config.carrier.kind !== 'simulated' || webhookSecret === undefined) return null;
  const [{ createNetwork }, { simulatorRoutes }] = await Promise.all([
    import('./simulator/network.js'),
    import('./simulator/routes.js'),
  ]);
  return ({ url, stopping, now }) => {
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
    return simulatorRoutes({ network, stopping });
  };
}
