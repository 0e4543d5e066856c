import type { Carrier } from '../channel.js';
import { loadSdk } from './sdk.js';
import { createSender, type SenderOptions } from './sender.js';
import { type AfricasTalkingWebhookOptions, createWebhooks } from './webhooks.js';
import { carrier } from './wire.js';

export type AfricasTalkingOptions = AfricasTalkingWebhookOptions & { readonly sms: SenderOptions };

/** Africa's Talking: USSD, inbound SMS, delivery reports and opt-outs in; SMS out through its SDK. */
export function createAfricasTalking(
  options: AfricasTalkingOptions,
): Required<Omit<Carrier, 'connect'>> {
  return {
    name: carrier,
    webhooks: (listeners) => createWebhooks(listeners, options),
    sendSms: createSender(options.sms),
    async prepareToSend() {
      await loadSdk();
    },
  };
}
