import { setLanguage } from '../../callers.js';
import { inTransaction } from '../../database/transaction.js';
import { isLanguage, languages } from '../../dialogue/languages.js';
import { maskPhone } from '../../phone-number.js';
import { type Group, groups } from '../../profile/detail.js';
import { type DetailName, detailNames, detailOf } from '../../profile/details.js';
import { readValues, type Values } from '../../profile/profile.js';
import { completenessOf } from '../completeness.js';
import type { Cookies } from '../cookies.js';
import type { WebDeps } from '../deps.js';
import { FaultSummary, type Faults, Form, SelectField } from '../fields.js';
import { groupNames } from '../group-links.js';
import { dateInKenya } from '../nairobi-time.js';
import { detailsNamed, Notices } from '../notices.js';
import { Ring } from '../ring.js';
import { seeOther } from '../see-other.js';
import type { SendPage } from '../send-page.js';
import type { Session } from '../sessions.js';
import { logInFirst } from '../unsaved-form.js';
import type { Page, View } from '../view.js';
import type { WebMiddleware, WebRouter } from '../visit.js';
import { wordsOf } from '../words/words.js';

/** The profile as a list of tasks, and the language of the account. */
export function profileRoutes(
  router: WebRouter,
  deps: WebDeps,
  cookies: Cookies,
  send: SendPage,
  takeOwnForm: WebMiddleware,
): void {
  router.get('/profile', async (ctx) => {
    const { visit } = ctx.state;
    const { session } = visit;
    if (!session) return seeOther(ctx, '/login');
    const values = await readValues(deps.db, deps.seal, session.phone);
    const saved = ctx.query['saved'];
    const shared = detailsNamed(ctx.query['shared'], detailNames);
    return send(ctx, visit, (view) => {
      const notice = noticeOf(view, saved);
      return profilePage(view, { session, values, notice, shared });
    });
  });

  router.post('/profile/language', takeOwnForm, async (ctx) => {
    const { visit, form } = ctx.state;
    const { session } = visit;
    if (!session) return logInFirst(ctx, 'language');
    const { phone } = session;
    const language = form.text('language');
    if (!isLanguage(language)) {
      const values = await readValues(deps.db, deps.seal, phone);
      const faults = { language: wordsOf[visit.language].faults.languageUnknown };
      const page = (view: View) => profilePage(view, { session, values, faults });
      return send(ctx, visit, page, { status: 422, path: '/profile' });
    }
    await inTransaction(deps.db, (trx) => setLanguage(trx, { phone, language }));
    cookies.setLanguage(ctx, language);
    return seeOther(ctx, '/profile?saved=language');
  });
}

function noticeOf({ words, language }: View, saved: unknown): string | null {
  if (saved === 'password') return words.passwordPage.saved;
  if (saved === 'language') return words.profile.languageSaved;
  const group = groupNames.find((name) => name === saved);
  return group ? words.profile.groupSaved(groups[group][language]) : null;
}

type Shown = {
  readonly session: Session;
  readonly values: Values;
  readonly notice?: string | null;
  readonly shared?: readonly DetailName[];
  readonly faults?: Faults;
};

function profilePage(view: View, shown: Shown): Page {
  const { profile: texts } = view.words;
  const { values, notice = null, shared = [], faults = {} } = shown;
  const { given, all } = completenessOf(values);
  const next = groupNames.find((group) => completenessOf(values, group).missing.length > 0);
  return {
    title: texts.title,
    faulty: Object.keys(faults).length > 0,
    content: (
      <>
        <FaultSummary view={view} faults={faults} />
        <Notices view={view} notice={notice} shared={shared} />
        <h1>{texts.title}</h1>
        <div class="profile-page">
          <section aria-labelledby="whole">
            <div class="whole">
              <p id="whole">{texts.whole(given, all)}</p>
              <progress aria-labelledby="whole" value={given} max={all} />
              <p class="hint">{next ? texts.why : texts.wholeDone}</p>
              {next && (
                <a class="button" href={`/profile/${next}`}>
                  {texts.fillIn(groups[next][view.language])}
                </a>
              )}
            </div>
            <ul class="tasks" aria-label={texts.groups}>
              {groupNames.map((group) => (
                <Task key={group} view={view} group={group} values={values} />
              ))}
            </ul>
          </section>
          <Account view={view} session={shown.session} faults={faults} />
        </div>
      </>
    ),
  };
}

/** A group as a task: where it leads, how far it is, and what is missing by name. */
function Task({ view, group, values }: { view: View; group: Group; values: Values }) {
  const { words, language } = view;
  const { given, all, missing } = completenessOf(values, group);
  const labels = missing.map((detail) => detailOf(detail).label[language]);
  return (
    <li class="task">
      <Ring given={given} all={all} />
      <div>
        <h2>
          <a href={`/profile/${group}`} aria-describedby={`${group}-state`}>
            {groups[group][language]}
          </a>
        </h2>
        <p class="hint" id={`${group}-state`}>
          <span class="count">{words.profile.state(given, all)}</span>{' '}
          {missing.length === 0 ? words.profile.complete : words.profile.missing(labels.join(', '))}
        </p>
      </div>
    </li>
  );
}

/** What is about the account and not about the person. */
function Account(props: { view: View; session: Session; faults: Faults }) {
  const { view, session } = props;
  const { words, language } = view;
  const { profile: texts } = words;
  return (
    <section class="card account" aria-labelledby="your-account">
      <h2 id="your-account">{texts.account}</h2>
      <dl class="facts">
        <div>
          <dt>{texts.phone}</dt>
          <dd>{maskPhone(session.phone)}</dd>
        </div>
        <div>
          <dt>{texts.memberSince}</dt>
          <dd>{dateInKenya(session.memberSince, language)}</dd>
        </div>
        <div>
          <dt>{texts.password}</dt>
          <dd>
            <a href="/password">{texts.changePassword}</a>
          </dd>
        </div>
        <div>
          <dt>{texts.data}</dt>
          <dd>
            <a href="/profile/data">{texts.dataLink}</a>
          </dd>
        </div>
      </dl>
      <Form view={view} action="/profile/language">
        <SelectField
          name="language"
          label={texts.language}
          value={session.language ?? language}
          options={[
            { options: Object.entries(languages).map(([value, text]) => ({ value, text })) },
          ]}
          faults={props.faults}
        />
        <button class="button second" type="submit">
          {texts.saveLanguage}
        </button>
      </Form>
      <Form view={view} action="/logout">
        <button class="button second" type="submit">
          {words.logOut}
        </button>
      </Form>
    </section>
  );
}
