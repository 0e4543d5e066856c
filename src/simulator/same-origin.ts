import type { Middleware } from 'koa';

/**
 * Lets in the simulator's own page and programs that are not browsers, and answers 403 to other
 * sites' pages: whoever gets in can act as any phone. Browsers say where a request comes from in
 * `Sec-Fetch-Site`, older ones in `Origin` alone; neither can be forged by a page.
 */
export const sameOriginOnly: Middleware = async (ctx, next) => {
  const site = ctx.get('sec-fetch-site');
  const origin = ctx.get('origin');
  const own = site
    ? site === 'same-origin' || site === 'none'
    : !origin || hostOf(origin) === ctx.host;
  if (!own) ctx.throw(403, 'The simulator takes requests from its own page only.');
  await next();
};

function hostOf(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null;
}
