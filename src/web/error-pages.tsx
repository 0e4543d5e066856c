import type { Context, Middleware } from 'koa';
import type { Cookies } from './cookies.js';
import type { SendPage } from './send-page.js';
import { type Visit, visitOfStranger, type WebMiddleware } from './visit.js';
import type { Words } from './words/words.js';

type ErrorName = Exclude<keyof Words['errors'], 'toHome'>;

const errorOfStatus: Readonly<Record<number, ErrorName>> = {
  400: 'badRequest',
  403: 'forbidden',
  404: 'notFound',
  413: 'tooLarge',
  415: 'notAForm',
};

/**
 * Turns what the pages throw into a page. A refusal, such as `ctx.throw(403)`, is the sender's fault;
 * anything else is ours: it gets 500 and goes to the application's `error` event, to be logged there.
 */
export function errorPages(send: SendPage, cookies: Cookies): WebMiddleware {
  return async (ctx, next) => {
    try {
      await next();
    } catch (error) {
      const status = statusOf(error);
      if (status >= 500) ctx.app.emit('error', error, ctx);
      sendError(send, ctx, ctx.state.visit ?? visitOfStranger(ctx, cookies), status);
    }
  };
}

/** The page for an address that nothing answers, for people: programs keep the plain 404. */
export function notFoundPage(
  send: SendPage,
  cookies: Cookies,
  securityHeaders: Middleware,
): Middleware {
  return async (ctx, next) => {
    await next();
    const unanswered = ctx.status === 404 && ctx.body == null;
    const browsing = ctx.method === 'GET' && ctx.get('Accept').includes('text/html');
    if (!unanswered || !browsing) return;
    await securityHeaders(ctx, async () => {
      sendError(send, ctx, visitOfStranger(ctx, cookies), 404);
    });
  };
}

function statusOf(error: unknown): number {
  if (!(error instanceof Error) || !('status' in error)) return 500;
  const { status } = error;
  return typeof status === 'number' && status in errorOfStatus ? status : 500;
}

function sendError(send: SendPage, ctx: Context, visit: Visit, status: number): void {
  const name = errorOfStatus[status] ?? 'failed';
  send(
    ctx,
    visit,
    ({ words, ussdCode }) => ({
      title: words.errors[name].title,
      content: (
        <>
          <h1>{words.errors[name].title}</h1>
          <p class="lead">{words.errors[name].text}</p>
          {name === 'failed' && <p class="code">{ussdCode}</p>}
          <p>
            <a href="/">{words.errors.toHome}</a>
          </p>
        </>
      ),
    }),
    { status, path: '/' },
  );
}
