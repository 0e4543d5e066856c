import type { Context, Middleware } from 'koa';
import { createSecretCheck } from '../webhook-secret.js';
import type { Fault } from './parsing.js';
import { type Reading, readFields, type Source } from './reading.js';

/** A webhook by its carrier and the last part of its path; the path itself is secret. */
export type Webhook = { readonly carrier: string; readonly name: string };

export type WebhookOptions = {
  /** Any one of these opens the webhooks. */
  readonly secrets: readonly string[];
  /** A failure on our side, thrown by a listener, or a turn that took too long: log it as an error. */
  onError(error: unknown, webhook: Webhook): void;
  /** A request that was refused: a line in the log, or a metric. */
  onMalformed(fault: Fault, webhook: Webhook): void;
  /**
   * Milliseconds until the caller gets an apology instead of a screen. The
   * conversation itself answers in time: this is for when it cannot even do that.
   */
  readonly deadlineMs: number;
};

type Answer = (ctx: Context, reading: Reading, webhook: Webhook) => Promise<void>;
type Served = { readonly source: Source; readonly method: string; readonly answer: Answer };

export type Door = {
  readonly routes: Middleware;
  /** Opens a webhook: what comes with the right secret, method and content type gets an answer. */
  serve(name: string, source: Source, answer: Answer): void;
};

/**
 * The way in for a carrier that calls us over HTTP, at `/<carrier>/:secret/…`. The secret comes first:
 * without it every request falls through to whatever answers an unknown path, its body unread.
 */
export function createDoor(carrier: string, { secrets }: Pick<WebhookOptions, 'secrets'>): Door {
  const isAccepted = createSecretCheck(secrets);
  const webhooks = new Map<string, Served>();
  const path = new RegExp(`^/${carrier}/([^/]+)/([^/]+)/?$`, 'i');

  // No router: by its 405, or its answer to OPTIONS, it would tell that a path exists; and a tree of routes
  // is more than the one pattern of every turn needs.
  const routes: Middleware = async (ctx, next) => {
    const [, secret = '', name = ''] = path.exec(ctx.path) ?? [];
    const webhook = webhooks.get(name);
    if (!webhook || !isAccepted(decoded(secret))) return next();
    ctx['route'] = `/${carrier}/:secret/${name}`;
    const { source, method, answer } = webhook;
    if (ctx.method !== method) {
      ctx.set('Allow', method);
      ctx.status = 405;
      return;
    }
    const reading = await readFields(source, ctx);
    const refusal = 'refusal' in reading ? reading.refusal : null;
    if (refusal === 'otherType') ctx.status = 415;
    else if (refusal === 'tooLarge') ctx.status = 413;
    else await answer(ctx, reading, { carrier, name });
  };

  return {
    routes,
    serve(name, source, answer) {
      const [method = ''] = source.split(' ');
      webhooks.set(name, { source, method, answer });
    },
  };
}

/** A part of a path as it was meant; as it stands there, where it makes no sense. */
function decoded(part: string): string {
  if (!part.includes('%')) return part;
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
