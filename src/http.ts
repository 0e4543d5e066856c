import type { Socket } from 'node:net';
import Router from '@koa/router';
import Koa, { type Middleware } from 'koa';
import { createSecretCheck } from './channels/webhook-secret.js';
import type { Failed } from './failures.js';
import type { Log } from './log.js';
import { type Metrics, mayReadMetrics } from './metrics.js';

export type HttpParts = {
  readonly log: Log;
  readonly metrics: Metrics;
  readonly failed: Failed;
  readonly metricsToken: string | null;
  readonly trustProxy: boolean;
  /** Whether the database answers and has every migration. */
  readonly isReady: () => Promise<boolean>;
  /** From then on nothing new is wanted: the readiness says so, and connections are not kept. */
  readonly stopping: AbortSignal;
  /** The carriers' webhooks, and the simulator: what is asked first. */
  readonly routes: readonly (Router | Middleware)[];
  /** The pages, which answer what nothing else does: what is asked last. */
  readonly pages: readonly Middleware[];
};

/** The HTTP application: the routes, health and metrics, the pages; whatever throws is logged here, once. */
export function createHttp(parts: HttpParts): Koa {
  const { log, failed, stopping } = parts;
  const app = new Koa({ proxy: parts.trustProxy });

  // An error here has passed every route's own answer to it. The URL is not logged: it may be secret.
  app.on('error', (error: unknown, ctx?: Koa.Context) => {
    if (ctx !== undefined && isHangUp(error, ctx.req.socket)) {
      log.debug({ method: ctx.method, route: routeOf(ctx) }, 'whoever asked has hung up');
      return;
    }
    const about = { method: ctx?.method, route: routeOf(ctx) };
    failed(error, { where: 'http', about, message: 'a request failed' });
  });

  app.use(async (ctx, next) => {
    await next();
    // What a router says to a method that it has never heard of, whether or not there is such a path.
    if (ctx.status === 501) ctx.status = ctx.response.get('Allow') === '' ? 404 : 405;
    if (stopping.aborted) ctx.set('Connection', 'close');
  });

  for (const part of [...parts.routes, operations(parts), ...parts.pages]) {
    if (part instanceof Router) app.use(part.routes()).use(part.allowedMethods());
    else app.use(part);
  }
  return app;
}

function operations(parts: HttpParts): Router {
  const router = new Router();
  const isToken = parts.metricsToken === null ? null : createSecretCheck([parts.metricsToken]);

  router.get('/healthz', (ctx) => {
    ctx.body = 'alive\n';
  });

  router.get('/readyz', async (ctx) => {
    const ready = !parts.stopping.aborted && (await parts.isReady().catch(() => false));
    ctx.status = ready ? 200 : 503;
    ctx.body = ready ? 'ready\n' : 'not ready\n';
  });

  router.get('/metrics', async (ctx, next) => {
    // Whoever may not read them is not told that they are here.
    if (!mayReadMetrics(ctx, isToken)) return next();
    ctx.type = parts.metrics.contentType;
    ctx.body = await parts.metrics.text();
  });

  return router;
}

/** Whether it is their own connection that broke: they went before they had heard it all. */
function isHangUp(error: unknown, { errored, destroyed }: Socket): boolean {
  if (error === errored) return true;
  // What a body that is a stream makes of it.
  return destroyed && (error as NodeJS.ErrnoException).code === 'ERR_STREAM_PREMATURE_CLOSE';
}

/** The pattern of the route that took the request, such as `/login`: never the path itself. */
function routeOf(ctx: Koa.Context | undefined): string | null {
  // A router's own name for it, and that of what routes by itself.
  const pattern: unknown = ctx?.['_matchedRoute'] ?? ctx?.['route'];
  return typeof pattern === 'string' ? pattern : null;
}
