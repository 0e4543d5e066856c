import type Router from '@koa/router';
import type { RouterContext, RouterMiddleware } from '@koa/router';
import type { Context } from 'koa';
import { isLanguage, type Language, languages } from '../dialogue/languages.js';
import type { Cookies } from './cookies.js';
import type { WebDeps } from './deps.js';
import type { OwnForm } from './own-forms.js';
import { findSession, type Session } from './sessions.js';

/** Who looks at a page, and in which language. */
export type Visit = {
  readonly language: Language;
  readonly session: Session | null;
};

/** What the middleware of every page leaves for the page; `form` is there on a POST. */
export type WebState = { visit: Visit; form: OwnForm };
export type WebContext = RouterContext<WebState>;
export type WebRouter = Router<WebState>;
export type WebMiddleware = RouterMiddleware<WebState>;

/** Finds out who looks, and remembers a language that was chosen by a link, `?lang=sw`. */
export function openVisit(deps: Pick<WebDeps, 'db' | 'now'>, cookies: Cookies): WebMiddleware {
  return async (ctx, next) => {
    // First, so that there is a page in the right language to say that the database is away.
    ctx.state.visit = visitOfStranger(ctx, cookies);
    const chosen = chosenByLink(ctx);
    if (chosen) cookies.setLanguage(ctx, chosen);

    const token = cookies.sessionToken(ctx);
    const session = token && (await findSession(deps.db, token, deps.now()));
    if (session) {
      const asked = chosen ?? cookies.language(ctx) ?? session.language;
      ctx.state.visit = { language: asked ?? ctx.state.visit.language, session };
    }
    await next();
  };
}

/** The visit as far as the request alone tells, whoever it may be. */
export function visitOfStranger(ctx: Context, cookies: Cookies): Visit {
  const language = chosenByLink(ctx) ?? cookies.language(ctx) ?? languageOfBrowser(ctx);
  return { language, session: null };
}

function chosenByLink(ctx: Context): Language | null {
  const { lang } = ctx.query;
  return ctx.method === 'GET' && isLanguage(lang) ? lang : null;
}

function languageOfBrowser(ctx: Context): Language {
  const accepted = ctx.acceptsLanguages(Object.keys(languages));
  return isLanguage(accepted) ? accepted : 'en';
}
