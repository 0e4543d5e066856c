import { logIn } from '../../accounts/login.js';
import { inTransaction } from '../../database/transaction.js';
import type { Cookies } from '../cookies.js';
import type { WebDeps } from '../deps.js';
import { FaultSummary, type Faults, Form, PasswordField, PhoneField } from '../fields.js';
import { readPhoneField } from '../read-phone-field.js';
import { seeOther } from '../see-other.js';
import type { SendPage } from '../send-page.js';
import { endSession, openSession } from '../sessions.js';
import { Stopped, type Wait, waitUntil } from '../stopped.js';
import type { Page, View } from '../view.js';
import type { WebMiddleware, WebRouter } from '../visit.js';
import { wordsOf } from '../words/words.js';

export function loginRoutes(
  router: WebRouter,
  deps: WebDeps,
  cookies: Cookies,
  send: SendPage,
  takeOwnForm: WebMiddleware,
): void {
  router.get('/login', (ctx) => {
    if (ctx.state.visit.session) return seeOther(ctx, '/profile');
    return send(ctx, ctx.state.visit, (view) => loginPage(view, { phone: '' }));
  });

  router.post('/login', takeOwnForm, async (ctx) => {
    const { visit, form } = ctx.state;
    const words = wordsOf[visit.language];
    const { phone, fault } = readPhoneField(form, words);
    const password = form.text('password');
    const again = (tried: Omit<Tried, 'phone'>, status: number) => {
      const page = (view: View) => loginPage(view, { phone: form.text('phone'), ...tried });
      send(ctx, visit, page, { status });
    };
    if (!phone || !password) {
      const faults: Faults = {
        ...(fault ? { phone: fault } : {}),
        ...(password ? {} : { password: words.faults.passwordMissing }),
      };
      return again({ faults }, 422);
    }

    const login = await logIn(deps, { phone, password });
    if (login.kind === 'stopped') {
      const wait = waitUntil(login.until, deps.now());
      ctx.set('Retry-After', String(wait.seconds));
      return again({ stopped: wait }, 429);
    }
    const token =
      login.kind === 'in' &&
      (await inTransaction(deps.db, (trx) =>
        openSession(trx, login, { at: deps.now(), randomBytes: deps.randomBytes }),
      ));
    if (!token) return again({ faults: { password: words.loginPage.wrong }, wrong: true }, 422);

    const replaced = cookies.sessionToken(ctx);
    if (replaced) await endSession(deps.db, replaced);
    cookies.setSessionToken(ctx, token);
    return seeOther(ctx, login.mustChange ? '/password' : '/profile');
  });

  router.post('/logout', takeOwnForm, async (ctx) => {
    const token = cookies.sessionToken(ctx);
    if (token) await endSession(deps.db, token);
    cookies.setSessionToken(ctx, null);
    return seeOther(ctx, '/');
  });
}

type Tried = { phone: string; faults?: Faults; wrong?: true; stopped?: Wait };

function loginPage(view: View, { phone, faults = {}, wrong, stopped }: Tried): Page {
  const { words } = view;
  const { loginPage: texts } = words;
  return {
    title: texts.title,
    faulty: stopped !== undefined || Object.keys(faults).length > 0,
    content: (
      <>
        {stopped && <Stopped view={view} wait={stopped} />}
        <FaultSummary view={view} faults={faults}>
          {wrong && <p>{texts.wrongHint}</p>}
        </FaultSummary>
        <h1>{texts.title}</h1>
        <Form view={view} action="/login">
          <PhoneField
            name="phone"
            label={words.phone}
            hint={words.phoneHint}
            value={phone}
            faults={faults}
          />
          <PasswordField
            name="password"
            kind="current-password"
            label={words.password}
            faults={faults}
          />
          <button class="button" type="submit">
            {texts.submit}
          </button>
        </Form>
        <p class="aside">
          {texts.lost} <a href="/reset">{words.homePage.lostPassword}</a>
        </p>
        <p class="aside">
          {texts.noAccount} <a href="/register">{words.register}</a>
        </p>
      </>
    ),
  };
}
