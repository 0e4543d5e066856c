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
import { pathAfterLogin, type UnsavedForm, unsavedForm } from '../unsaved-form.js';
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
    const unsaved = unsavedForm(ctx.query['unsaved']);
    if (ctx.state.visit.session) return seeOther(ctx, pathAfterLogin(unsaved));
    const page = (view: View) => loginPage(view, { phone: '', unsaved });
    return send(ctx, ctx.state.visit, page, { query: queryOf(unsaved) });
  });

  router.post('/login', takeOwnForm, async (ctx) => {
    const { visit, form } = ctx.state;
    const words = wordsOf[visit.language];
    const { phone, fault } = readPhoneField(form, words);
    const password = form.text('password');
    const unsaved = unsavedForm(form.text('unsaved'));
    const again = (tried: Omit<Tried, 'phone' | 'unsaved'>, status: number) => {
      const page = (view: View) =>
        loginPage(view, { phone: form.text('phone'), unsaved, ...tried });
      send(ctx, visit, page, { status, query: queryOf(unsaved) });
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
    return seeOther(ctx, login.mustChange ? '/password' : pathAfterLogin(unsaved));
  });

  router.post('/logout', takeOwnForm, async (ctx) => {
    const token = cookies.sessionToken(ctx);
    if (token) await endSession(deps.db, token);
    cookies.setSessionToken(ctx, null);
    return seeOther(ctx, '/');
  });
}

type Tried = {
  phone: string;
  /** What the login has interrupted. */
  unsaved: UnsavedForm | null;
  faults?: Faults;
  wrong?: true;
  stopped?: Wait;
};

function queryOf(unsaved: UnsavedForm | null): Readonly<Record<string, string>> {
  return unsaved ? { unsaved } : {};
}

function loginPage(view: View, { phone, unsaved, faults = {}, wrong, stopped }: Tried): Page {
  const { words } = view;
  const { loginPage: texts } = words;
  const tried = stopped !== undefined || Object.keys(faults).length > 0;
  return {
    title: texts.title,
    faulty: tried || unsaved !== null,
    content: (
      <>
        {unsaved && !tried && (
          <div class="summary" role="alert" tabIndex={-1} autofocus>
            <h2>{texts.loggedOut}</h2>
            <p>{texts.unsaved}</p>
          </div>
        )}
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
          {unsaved && <input type="hidden" name="unsaved" value={unsaved} />}
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
