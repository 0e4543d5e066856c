import type { Context } from 'koa';
import { render } from 'preact-render-to-string';
import type { WebDeps } from './deps.js';
import { Frame } from './frame.js';
import { type Page, type View, viewOf } from './view.js';
import type { Visit } from './visit.js';

/** Answers a request with a page; 200 unless told otherwise. */
export type SendPage = (
  ctx: Context,
  visit: Visit,
  page: (view: View) => Page,
  options?: { status?: number; path?: string; query?: View['query'] },
) => void;

export function createSendPage(deps: WebDeps): SendPage {
  return (ctx, visit, page, { status = 200, path = ctx.path, query = {} } = {}) => {
    const view = viewOf(deps, visit, { path, query });
    ctx.status = status;
    ctx.type = 'html';
    // What a session or a form showed must be gone when the next person takes the phone and goes back.
    const passing = visit.session !== null || ctx.method !== 'GET';
    ctx.set('Cache-Control', passing ? 'no-store' : 'private, no-cache');
    ctx.set('Content-Language', view.language);
    ctx.body = `<!doctype html>${render(<Frame view={view} page={page(view)} />)}`;
  };
}
