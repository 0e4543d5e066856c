import type { WebContext } from './visit.js';

/** Sends the browser to another page with a GET, whatever it did to come here. */
export function seeOther(ctx: WebContext, path: string): void {
  ctx.redirect(path);
  ctx.status = 303;
  ctx.set('Cache-Control', 'no-store');
}
