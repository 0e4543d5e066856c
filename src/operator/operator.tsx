import Router from '@koa/router';
import type { Knex } from 'knex';
import type { Context, Middleware } from 'koa';
import { render } from 'preact-render-to-string';
import { createSecretCheck } from '../channels/webhook-secret.js';
import type { Names } from '../funnel/names.js';
import { FunnelPage } from '../funnel/page/page.js';
import { readFunnel } from '../funnel/read.js';
import { scopeOf } from '../funnel/scope.js';
import { securityHeaders } from '../web/security-headers.js';
import { createStylesheet } from '../web/stylesheet.js';
import { bringsToken, isFromThisMachine } from './access.js';

export type OperatorParts = {
  readonly db: Knex;
  readonly names: Names;
  readonly now: () => Date;
  /** Who has it may see the pages; null: who is on this machine. */
  readonly token: string | null;
  /** Whether people come by HTTPS. */
  readonly https: boolean;
};

const stylesheet = createStylesheet(
  new URL('../funnel/page/funnel.css', import.meta.url),
  '/operator/funnel.css',
);

/** The operator's pages. They hold counts and nothing about anybody. */
export function createOperatorPages(parts: OperatorParts): Middleware {
  const { db, names, now, token, https } = parts;
  const isToken = token === null ? null : createSecretCheck([token]);
  const pages = new Router({ prefix: '/operator' });
  pages.use(securityHeaders(https));
  pages.get('/funnel.css', stylesheet.serve);
  pages.get('/funnel', async (ctx) => {
    const wish = {
      days: wishOf(ctx, 'days'),
      channel: wishOf(ctx, 'channel'),
      language: wishOf(ctx, 'language'),
    };
    ctx.set('Cache-Control', 'no-store');
    const scope = scopeOf(wish, now());
    if (scope === null) {
      ctx.status = 400;
      ctx.body =
        'days is a number up to 3660, channel one of ussd, sms, web, language one of en, sw\n';
      return;
    }
    const funnel = await readFunnel(db, scope);
    ctx.type = 'html';
    const page = (
      <FunnelPage funnel={funnel} names={names} wish={wish} stylesheet={stylesheet.url} />
    );
    ctx.body = `<!doctype html>${render(page)}`;
  });

  // Their types ask for what they themselves add to a plain context.
  const routes = pages.routes() as Middleware;
  const otherMethods = pages.allowedMethods() as Middleware;
  return (ctx, next) => {
    if (!ctx.path.startsWith('/operator/')) return next();
    const may = isToken ? bringsToken(ctx, isToken) : isFromThisMachine(ctx);
    if (may) return routes(ctx, () => otherMethods(ctx, next));
    // Without a token that one could have, whoever may not see them is not told that they are here.
    if (!isToken) return next();
    ctx.status = 401;
    ctx.set(
      'WWW-Authenticate',
      'Basic realm="CP2 operator: METRICS_TOKEN as the password", charset="UTF-8"',
    );
    ctx.body = 'METRICS_TOKEN is the password\n';
    return;
  };
}

/** What is asked for in the address; empty is as good as not at all. */
function wishOf(ctx: Context, name: string): string | null {
  const value = ctx.query[name];
  return typeof value === 'string' && value !== '' ? value : null;
}
