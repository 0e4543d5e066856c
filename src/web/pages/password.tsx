import { setOwnPassword } from '../../accounts/accounts.js';
import { logIn } from '../../accounts/login.js';
import { faultOfOwnPassword } from '../../accounts/own-password.js';
import { hashPassword } from '../../accounts/passwords.js';
import { inTransaction, type Transaction } from '../../database/transaction.js';
import type { Phone } from '../../phone-number.js';
import type { Cookies } from '../cookies.js';
import type { WebDeps } from '../deps.js';
import { FaultSummary, type Faults, Form, PasswordField } from '../fields.js';
import type { OwnForm } from '../own-forms.js';
import { seeOther } from '../see-other.js';
import type { SendPage } from '../send-page.js';
import { openSession, type Session } from '../sessions.js';
import { Stopped, type Wait, waitUntil } from '../stopped.js';
import { logInFirst } from '../unsaved-form.js';
import type { Page, View } from '../view.js';
import type { WebMiddleware, WebRouter } from '../visit.js';
import { type Words, wordsOf } from '../words/words.js';

export function passwordRoutes(
  router: WebRouter,
  deps: WebDeps,
  cookies: Cookies,
  send: SendPage,
  takeOwnForm: WebMiddleware,
): void {
  router.get('/password', (ctx) => {
    if (!ctx.state.visit.session) return seeOther(ctx, '/login');
    return send(ctx, ctx.state.visit, (view) => passwordPage(view, {}));
  });

  router.post('/password', takeOwnForm, async (ctx) => {
    const { visit, form } = ctx.state;
    const { session } = visit;
    if (!session) return logInFirst(ctx, 'password');

    const refusal = await judge(deps, session, form, wordsOf[visit.language]);
    if (refusal) {
      const page = (view: View) => passwordPage(view, refusal);
      if (refusal.stopped) ctx.set('Retry-After', String(refusal.stopped.seconds));
      return send(ctx, visit, page, { status: refusal.stopped ? 429 : 422 });
    }
    const token = await changePassword(deps, session, form.text('newPassword'));
    cookies.setSessionToken(ctx, token);
    if (!token) return logInFirst(ctx, 'password');
    return seeOther(ctx, '/profile?saved=password');
  });
}

type Refusal = { faults?: Faults; stopped?: Wait };

/** What is wrong with the form; null where nothing is. */
async function judge(
  deps: WebDeps,
  session: Session,
  form: OwnForm,
  words: Words,
): Promise<Refusal | null> {
  const { faults: texts } = words;
  const newPassword = form.text('newPassword');
  if (!session.mustChange) {
    const password = form.text('password');
    if (!password) return { faults: { password: texts.passwordMissing } };
    // With the limits of the login: a session that was left open must not be a place to guess.
    const login = await logIn(deps, { phone: session.phone, password });
    if (login.kind === 'stopped') return { stopped: waitUntil(login.until, deps.now()) };
    if (login.kind === 'wrong') return { faults: { password: texts.passwordWrong } };
  }
  const fault = await faultOfOwnPassword(newPassword, session);
  if (fault) return { faults: { newPassword: texts.ownPassword[fault] } };
  if (form.text('newPasswordAgain') !== newPassword) {
    return { faults: { newPasswordAgain: texts.passwordsDiffer } };
  }
  return null;
}

/**
 * Puts the new password in place, ends every session of the account and opens one for this browser.
 * Null where the password was replaced by somebody else meanwhile, such as by a reset.
 */
async function changePassword(
  deps: WebDeps,
  session: Session,
  newPassword: string,
): Promise<string | null> {
  const { accountId, phone } = session;
  const passwordHash = await hashPassword(newPassword);
  const at = deps.now();
  return inTransaction(deps.db, async (trx) => {
    if (!(await lockUnchanged(trx, session))) return null;
    await setOwnPassword(trx, { phone, passwordHash, at });
    return openSession(trx, { accountId, passwordHash }, { at, randomBytes: deps.randomBytes });
  });
}

async function lockUnchanged(
  trx: Transaction,
  { accountId, passwordHash }: Session,
): Promise<boolean> {
  const account: { phone: Phone; password_hash: string | null } | undefined = await trx('accounts')
    .where({ id: accountId })
    .forUpdate()
    .first('phone', 'password_hash');
  if (account === undefined) return false;
  if (account.password_hash !== null) return account.password_hash === passwordHash;
  const used = { phone: account.phone, hash: passwordHash };
  return (
    (await trx('issued_passwords').where(used).whereNotNull('used_at').first('id')) !== undefined
  );
}

function passwordPage(view: View, { faults = {}, stopped }: Refusal): Page {
  const { words } = view;
  const { passwordPage: texts } = words;
  const title = view.mustChange ? texts.title : texts.changeTitle;
  return {
    title,
    faulty: stopped !== undefined || Object.keys(faults).length > 0,
    content: (
      <>
        {stopped && <Stopped view={view} wait={stopped} />}
        <FaultSummary view={view} faults={faults} />
        <h1>{title}</h1>
        {view.mustChange && <p class="lead">{texts.forced}</p>}
        <Form view={view} action="/password">
          {!view.mustChange && (
            <PasswordField
              name="password"
              kind="current-password"
              label={texts.present}
              faults={faults}
            />
          )}
          <PasswordField
            name="newPassword"
            kind="new-password"
            label={words.newPassword}
            hint={texts.advice}
            faults={faults}
          />
          <PasswordField
            name="newPasswordAgain"
            kind="new-password"
            label={words.newPasswordAgain}
            faults={faults}
          />
          {!view.mustChange && <p>{texts.ends}</p>}
          <button class="button" type="submit">
            {texts.submit}
          </button>
        </Form>
      </>
    ),
  };
}
