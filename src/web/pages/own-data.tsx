import { logIn } from '../../accounts/login.js';
import { inTransaction } from '../../database/transaction.js';
import { maskPhone } from '../../phone-number.js';
import { erasePerson } from '../../profile/erasure.js';
import { exportPerson } from '../../profile/export.js';
import { readValues } from '../../profile/profile.js';
import { completenessOf } from '../completeness.js';
import type { Cookies } from '../cookies.js';
import type { WebDeps } from '../deps.js';
import { FaultSummary, type Faults, Form, PasswordField } from '../fields.js';
import { seeOther } from '../see-other.js';
import type { SendPage } from '../send-page.js';
import type { Session } from '../sessions.js';
import { Stopped, type Wait, waitUntil } from '../stopped.js';
import { logInFirst } from '../unsaved-form.js';
import type { Page, View } from '../view.js';
import type { WebMiddleware, WebRouter } from '../visit.js';
import { wordsOf } from '../words/words.js';

/** What is kept about a person, a copy of it, and its erasure. */
export function ownDataRoutes(
  router: WebRouter,
  deps: WebDeps,
  cookies: Cookies,
  send: SendPage,
  takeOwnForm: WebMiddleware,
): void {
  router.get('/profile/data', async (ctx) => {
    const { visit } = ctx.state;
    const { session } = visit;
    if (!session) return seeOther(ctx, '/login');
    const { given, all } = completenessOf(await readValues(deps.db, deps.seal, session.phone));
    return send(ctx, visit, (view) => dataPage(view, session, { given, all }));
  });

  router.get('/profile/data/copy', async (ctx) => {
    const { session } = ctx.state.visit;
    if (!session) return seeOther(ctx, '/login');
    const copy = await exportPerson(deps.db, deps.seal, session.phone);
    ctx.set('Cache-Control', 'no-store');
    ctx.attachment('knec-cp2-my-data.json');
    ctx.type = 'application/json';
    ctx.body = `${JSON.stringify(copy, null, 2)}\n`;
  });

  router.get('/profile/data/erase', (ctx) => {
    const { session } = ctx.state.visit;
    if (!session) return seeOther(ctx, '/login');
    return send(ctx, ctx.state.visit, (view) => erasePage(view, session, {}));
  });

  router.post('/profile/data/erase', takeOwnForm, async (ctx) => {
    const { visit, form } = ctx.state;
    const { session } = visit;
    if (!session) return logInFirst(ctx, 'erase');
    const { phone } = session;

    const refusal = await judge(deps, session, form.text('password'), wordsOf[visit.language]);
    if (refusal) {
      if (refusal.stopped) ctx.set('Retry-After', String(refusal.stopped.seconds));
      const status = refusal.stopped ? 429 : 422;
      return send(ctx, visit, (view) => erasePage(view, session, refusal), { status });
    }
    await inTransaction(deps.db, (trx) =>
      erasePerson(trx, deps.seal, { phone, via: 'web', at: deps.now() }),
    );
    cookies.setSessionToken(ctx, null);
    cookies.setLanguage(ctx, visit.language);
    return seeOther(ctx, '/erased');
  });

  router.get('/erased', (ctx) => send(ctx, ctx.state.visit, erasedPage));
}

type Refusal = { faults?: Faults; stopped?: Wait };

/** What is wrong with the password; null where it is the account's. */
async function judge(
  deps: WebDeps,
  { phone }: Session,
  password: string,
  { faults }: View['words'],
): Promise<Refusal | null> {
  if (!password) return { faults: { password: faults.passwordMissing } };
  // With the limits of the login: a session that was left open must not be a place to guess.
  const login = await logIn(deps, { phone, password });
  if (login.kind === 'stopped') return { stopped: waitUntil(login.until, deps.now()) };
  return login.kind === 'wrong' ? { faults: { password: faults.passwordWrong } } : null;
}

function dataPage(
  { words }: View,
  { phone }: Session,
  { given, all }: { given: number; all: number },
): Page {
  const { dataPage: texts } = words;
  const kept = [texts.number(maskPhone(phone)), texts.details(given, all), texts.changes];
  return {
    title: texts.title,
    content: (
      <>
        <h1>{texts.title}</h1>
        <section aria-labelledby="kept">
          <h2 id="kept">{texts.kept}</h2>
          <ul class="list">
            {[...kept, texts.messages].map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
          <p>
            <a href="/privacy">{texts.notice}</a>
          </p>
        </section>
        <section class="card" aria-labelledby="copy">
          <h2 id="copy">{texts.copy}</h2>
          <p>{texts.copyHow}</p>
          <p>
            <a class="button" href="/profile/data/copy" download>
              {texts.copyButton}
            </a>
          </p>
        </section>
        <section class="card danger" aria-labelledby="erase">
          <h2 id="erase">{texts.erase}</h2>
          <p>{texts.eraseHow}</p>
          <p>
            <a class="button second" href="/profile/data/erase">
              {texts.eraseButton}
            </a>
          </p>
        </section>
        <p class="aside">
          <a href="/profile">{words.group.back}</a>
        </p>
      </>
    ),
  };
}

function erasePage(view: View, { phone }: Session, { faults = {}, stopped }: Refusal): Page {
  const { erasePage: texts } = view.words;
  return {
    title: texts.title,
    faulty: stopped !== undefined || Object.keys(faults).length > 0,
    content: (
      <>
        {stopped && <Stopped view={view} wait={stopped} />}
        <FaultSummary view={view} faults={faults} />
        <h1>{texts.title}</h1>
        <p class="lead">{texts.lead(maskPhone(phone))}</p>
        <ul class="list">
          {texts.consequences.map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
        <p>
          <a href="/profile/data/copy" download>
            {texts.copyFirst}
          </a>
        </p>
        <Form view={view} action="/profile/data/erase">
          <PasswordField
            name="password"
            kind="current-password"
            label={texts.password}
            faults={faults}
          />
          <p class="actions">
            <button class="button grave" type="submit">
              {texts.submit}
            </button>
            <a class="button second" href="/profile/data">
              {texts.back}
            </a>
          </p>
        </Form>
      </>
    ),
  };
}

function erasedPage({ words }: View): Page {
  const { erasedPage: texts } = words;
  return {
    title: texts.title,
    content: (
      <>
        <h1>{texts.title}</h1>
        <div class="done" role="status">
          <p class="lead">{texts.lead}</p>
          <p>{texts.again}</p>
        </div>
        <p>
          <a href="/">{words.home}</a>
        </p>
      </>
    ),
  };
}
