import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import Router from '@koa/router';
import type { Context } from 'koa';
import helmet from 'koa-helmet';

const BROWSER_FOLDER = new URL('./browser/', import.meta.url);

/** What may be fetched: names without a path, of these types. */
const ASSET_NAME = /^[a-z][a-z0-9-]*\.(?:js|css|svg)$/;

/** Like the web pages', but with scripts and with requests to where they come from. */
const securityHeaders = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'self'"],
      baseUri: ["'none'"],
      formAction: ["'none'"],
      frameAncestors: ["'none'"],
    },
  },
  xFrameOptions: { action: 'deny' },
  strictTransportSecurity: false,
  // Browsers heed these two over HTTPS only, and complain otherwise.
  crossOriginOpenerPolicy: false,
  originAgentCluster: false,
});

/** The phone in the browser: `/simulator` and the files that its page loads. */
export function pageRoutes(): Router {
  const router = new Router({ prefix: '/simulator' });
  router.get('/', securityHeaders, (ctx) => serveFile(ctx, 'phone.html'));
  router.get('/assets/:name', securityHeaders, async (ctx) => {
    const { name } = ctx.params;
    if (name && ASSET_NAME.test(name)) await serveFile(ctx, name);
  });
  return router;
}

/** Leaves the 404 of the context as it is where there is no such file, as before a build. */
async function serveFile(ctx: Context, name: string): Promise<void> {
  const content = await readFile(new URL(name, BROWSER_FOLDER)).catch(() => null);
  if (!content) return;
  ctx.status = 200;
  ctx.type = name.slice(name.lastIndexOf('.'));
  ctx.etag = createHash('sha256').update(content).digest('base64url');
  ctx.set('cache-control', 'no-cache');
  if (ctx.fresh) ctx.status = 304;
  else ctx.body = content;
}
