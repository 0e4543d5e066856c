import Router, { type RouterMiddleware } from '@koa/router';
import type { Context } from 'koa';
import type { Listeners, Screen, UssdTurn } from '../channel.js';
import { type Form, type FormReading, readForm } from '../forms.js';
import { createSecretCheck } from '../webhook-secret.js';
import type { Fault, Parsed } from './fields.js';
import { apology, unreadable, unserved } from './screens.js';
import {
  carrier,
  parseDeliveryReport,
  parseOptOut,
  parseSms,
  parseUssd,
  parseUssdEnding,
} from './wire.js';

/** The last part of a webhook's path, and its name in logs and metrics: the path itself is secret. */
export type WebhookName = 'ussd' | 'ussd-events' | 'sms' | 'delivery-reports' | 'opt-outs';

export type WebhookOptions = {
  /** Any one of these opens the webhooks. */
  readonly secrets: readonly string[];
  /** A failure on our side, thrown by a listener, or a turn that took too long: log it as an error. */
  onError(error: unknown, webhook: WebhookName): void;
  /** A request that was refused: a line in the log, or a metric. */
  onMalformed?(fault: Fault, webhook: WebhookName): void;
  /**
   * Milliseconds until the caller gets an apology instead of a screen; 6,000 unless given. The
   * carrier itself gives up after about 10 s and then shows something ugly.
   */
  readonly ussdDeadlineMs?: number;
};

/**
 * The routes of Africa's Talking's webhooks, at `/africastalking/:secret/…`. The secret comes first:
 * without it every request falls through to whatever answers an unknown path, its body unread.
 */
export function createWebhooks(listeners: Listeners, options: WebhookOptions): Router {
  const isAccepted = createSecretCheck(options.secrets);
  const router = new Router();

  function serve(
    webhook: WebhookName,
    answer: (ctx: Context, reading: FormReading) => Promise<void>,
  ): void {
    // One handler for all methods: the router's own 405 would tell that the path exists.
    const handler: RouterMiddleware = async (ctx, next) => {
      const { secret = '' } = ctx.params;
      if (!isAccepted(secret)) {
        // Or a router's `allowedMethods` would answer OPTIONS for a path that matched.
        ctx.matched = (ctx.matched ?? []).filter((layer) => !router.stack.includes(layer));
        return next();
      }
      if (ctx.method !== 'POST') {
        ctx.set('Allow', 'POST');
        ctx.status = 405;
        return;
      }
      const reading = await readForm(ctx);
      const refusal = 'refusal' in reading ? reading.refusal : null;
      if (refusal === 'notAForm') ctx.status = 415;
      else if (refusal === 'tooLarge') ctx.status = 413;
      else await answer(ctx, reading);
    };
    router.all(webhook, `/${carrier}/:secret/${webhook}`, handler);
  }

  /**
   * A webhook without a reply of its own. 200 settles the matter; 503 asks the carrier to try again,
   * because the failure is ours. A malformed request will never become right: 400, and no effect. A
   * number that we do not serve is no fault of the carrier's: 200, and no effect.
   */
  function serveNotice<T>(
    webhook: WebhookName,
    parse: (form: Form) => Parsed<T>,
    listen: (notice: T) => Promise<void> | void,
  ): void {
    serve(webhook, async (ctx, reading) => {
      const parsed = parseReading(reading, parse);
      if (!parsed.ok) {
        options.onMalformed?.(parsed.fault, webhook);
        ctx.status = parsed.fault.kind === 'malformed' ? 400 : 200;
        return;
      }
      try {
        await listen(parsed.value);
        ctx.status = 200;
      } catch (error) {
        options.onError(error, webhook);
        ctx.status = 503;
      }
    });
  }

  async function takeTurn(turn: UssdTurn): Promise<Screen> {
    const limit = options.ussdDeadlineMs ?? 6_000;
    try {
      return await screenWithin(limit, listeners.ussd(turn), (late) =>
        options.onError(late, 'ussd'),
      );
    } catch (error) {
      options.onError(error, 'ussd');
      return apology;
    }
  }

  serve('ussd', async (ctx, reading) => {
    const parsed = parseReading(reading, parseUssd);
    if (!parsed.ok) options.onMalformed?.(parsed.fault, 'ussd');
    const screen = parsed.ok ? await takeTurn(parsed.value) : refusalOf(parsed.fault);
    ctx.type = 'text/plain';
    ctx.body = `${screen.ended ? 'END' : 'CON'} ${screen.text}`;
  });
  serveNotice('ussd-events', parseUssdEnding, (ending) => listeners.callEnded(ending));
  serveNotice('sms', parseSms, (message) => listeners.sms(message));
  serveNotice('delivery-reports', parseDeliveryReport, (report) =>
    report === null ? undefined : listeners.deliveryReport(report),
  );
  serveNotice('opt-outs', parseOptOut, (phone) => listeners.optOut(phone));

  return router;
}

function parseReading<T>(reading: FormReading, parse: (form: Form) => Parsed<T>): Parsed<T> {
  if ('form' in reading) return parse(reading.form);
  return { ok: false, fault: { kind: 'malformed', fields: ['form'] } };
}

function refusalOf(fault: Fault): Screen {
  return fault.kind === 'unservedNumber' ? unserved : unreadable;
}

/**
 * The screen, or a rejection when it takes too long. The turn is not undone: the carrier's retry, or
 * the next dial, finds it. A failure that comes after the limit goes to `onLateFailure`.
 */
function screenWithin(
  limitMs: number,
  turn: Promise<Screen>,
  onLateFailure: (error: unknown) => void,
): Promise<Screen> {
  return new Promise((resolve, reject) => {
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      reject(new Error(`The turn took longer than ${limitMs} ms`));
    }, limitMs);
    turn
      .then(resolve, (error) => (late ? onLateFailure(error) : reject(error)))
      .finally(() => clearTimeout(timer));
  });
}
