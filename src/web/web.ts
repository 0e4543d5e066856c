import Router from '@koa/router';
import type { Middleware } from 'koa';
import { createCookies } from './cookies.js';
import type { WebDeps } from './deps.js';
import { errorPages, notFoundPage } from './error-pages.js';
import { takeOwnForm } from './own-forms.js';
import { homeRoutes } from './pages/home.js';
import { loginRoutes } from './pages/login.js';
import { ownDataRoutes } from './pages/own-data.js';
import { passwordRoutes } from './pages/password.js';
import { privacyRoutes } from './pages/privacy.js';
import { profileRoutes } from './pages/profile.js';
import { profileGroupRoutes } from './pages/profile-group.js';
import { registerRoutes } from './pages/register.js';
import { resetRoutes } from './pages/reset.js';
import { securityHeaders } from './security-headers.js';
import { seeOther } from './see-other.js';
import { createSendPage } from './send-page.js';
import { webStylesheet } from './stylesheet.js';
import { openVisit, type WebMiddleware, type WebState } from './visit.js';

export type { WebDeps, WebTurn } from './deps.js';

/**
 * The web pages, as one middleware. It touches no route but its own, save that a browser gets a page
 * of ours where nothing that is mounted after it has answered: mount it last.
 */
export function createWeb(deps: WebDeps): Middleware {
  const cookies = createCookies(deps.secureCookies);
  const send = createSendPage(deps);
  const takeForm = takeOwnForm(deps);
  const headers = securityHeaders(deps.secureCookies);

  const pages = new Router<WebState>();
  pages.use(headers);
  pages.get('/web.css', webStylesheet.serve);

  pages.use(errorPages(send, cookies), openVisit(deps, cookies), passwordFirst);
  homeRoutes(pages, send);
  privacyRoutes(pages, send);
  registerRoutes(pages, deps, send, takeForm);
  resetRoutes(pages, deps, send, takeForm);
  loginRoutes(pages, deps, cookies, send, takeForm);
  passwordRoutes(pages, deps, cookies, send, takeForm);
  profileRoutes(pages, deps, cookies, send, takeForm);
  ownDataRoutes(pages, deps, cookies, send, takeForm);
  profileGroupRoutes(pages, deps, send, takeForm);

  // Their types ask for what they themselves add to a plain context.
  const routes = pages.routes() as Middleware;
  const otherMethods = pages.allowedMethods() as Middleware;
  const notFound = notFoundPage(send, cookies, headers);
  return (ctx, next) => notFound(ctx, () => routes(ctx, () => otherMethods(ctx, next)));
}

/** Where somebody with an issued password may be all the same. */
const OPEN_BEFORE_CHANGE = ['/password', '/logout', '/privacy'];

/** Leads a session with an issued password to the choice of an own one, wherever it wants to go. */
const passwordFirst: WebMiddleware = async (ctx, next) => {
  const { session } = ctx.state.visit;
  if (session?.mustChange && !OPEN_BEFORE_CHANGE.includes(ctx.path)) {
    return seeOther(ctx, '/password');
  }
  await next();
};
