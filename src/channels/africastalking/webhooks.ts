import type { Middleware } from 'koa';
import type { Listeners } from '../channel.js';
import { createDoor, type WebhookOptions } from '../webhooks/door.js';
import { serveNotice } from '../webhooks/notices.js';
import { serveUssd } from '../webhooks/ussd.js';
import { wireDeclaration } from '../wires/declaration.js';
import { declaredWire } from '../wires/declared-wire.js';
import {
  carrier,
  parseDeliveryReport,
  parseOptOut,
  parseSms,
  parseUssdEnding,
  ussd,
} from './wire.js';

export type AfricasTalkingWebhookOptions = WebhookOptions & {
  /** A word in a delivery report that we do not know, as it was sent. */
  onUnknownWord(word: string): void;
};

/** The routes of Africa's Talking's webhooks, at `/africastalking/:secret/…`. */
export function createWebhooks(
  listeners: Listeners,
  options: AfricasTalkingWebhookOptions,
): Middleware {
  const door = createDoor(carrier, options);
  serveUssd(door, declaredWire(wireDeclaration.parse(ussd)), listeners, options);
  serveNotice(
    door,
    'ussd-events',
    parseUssdEnding,
    (ending) => listeners.callEnded(ending),
    options,
  );
  serveNotice(door, 'sms', parseSms, (message) => listeners.sms(message), options);
  serveNotice(
    door,
    'delivery-reports',
    parseDeliveryReport,
    async ({ report, unknownWords }) => {
      for (const word of unknownWords) options.onUnknownWord(word);
      if (report !== null) await listeners.deliveryReport(report);
    },
    options,
  );
  serveNotice(door, 'opt-outs', parseOptOut, (phone) => listeners.optOut(phone), options);
  return door.routes;
}
