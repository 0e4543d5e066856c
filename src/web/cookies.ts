import type { Context } from 'koa';
import { isLanguage, type Language } from '../dialogue/languages.js';

const YEAR_MS = 365 * 24 * 60 * 60 * 1000;

/** The two cookies that there are: the session's token, and the language that was chosen by a link. */
export type Cookies = {
  sessionToken(ctx: Context): string | null;
  /** Null takes the cookie back. It goes when the browser closes, for phones and computers are shared. */
  setSessionToken(ctx: Context, token: string | null): void;
  language(ctx: Context): Language | null;
  setLanguage(ctx: Context, language: Language): void;
};

/** @param secure whether people come by HTTPS; the cookies are then sent over nothing else. */
export function createCookies(secure: boolean): Cookies {
  // With this prefix browsers refuse a cookie that another host of the domain, or plain HTTP, has set.
  const session = secure ? '__Host-session' : 'session';

  function set(ctx: Context, name: string, value: string | null, maxAge?: number): void {
    // TLS ends at the proxy, so the connection that Koa sees is a plain one.
    ctx.cookies.secure = secure;
    ctx.cookies.set(name, value, {
      httpOnly: true,
      sameSite: 'lax',
      secure,
      path: '/',
      ...(maxAge === undefined ? {} : { maxAge }),
    });
  }

  return {
    sessionToken: (ctx) => ctx.cookies.get(session) || null,
    setSessionToken: (ctx, token) => set(ctx, session, token),
    language(ctx) {
      const chosen = ctx.cookies.get('lang');
      return isLanguage(chosen) ? chosen : null;
    },
    setLanguage: (ctx, language) => set(ctx, 'lang', language, YEAR_MS),
  };
}
