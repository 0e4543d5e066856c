import { setLanguage } from '../../callers.js';
import { inTransaction } from '../../database/transaction.js';
import { isLanguage, type Language, languages } from '../../dialogue/languages.js';
import { maskPhone } from '../../phone-number.js';
import { type Detail, readDetail } from '../../profile/details.js';
import { type Profile, readProfile, saveDetail } from '../../profile/profile.js';
import type { Cookies } from '../cookies.js';
import type { WebDeps } from '../deps.js';
import { detailAutocomplete, detailGroups } from '../detail-groups.js';
import { FaultSummary, type Faults, Form, SelectField, TextField } from '../fields.js';
import { dateInKenya } from '../nairobi-time.js';
import type { OwnForm } from '../own-forms.js';
import { seeOther } from '../see-other.js';
import type { SendPage } from '../send-page.js';
import type { Session } from '../sessions.js';
import type { Page, View } from '../view.js';
import type { WebMiddleware, WebRouter } from '../visit.js';
import { type Words, wordsOf } from '../words/words.js';

const allDetails: readonly Detail[] = detailGroups.flatMap(({ details }) => details);

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
    const profile = await readProfile(deps.db, session.phone);
    const entries = { ...profile, language: session.language ?? visit.language };
    const { saved } = ctx.query;
    return send(ctx, visit, (view) => {
      const { passwordPage, profile: texts } = view.words;
      const notice = saved === 'password' ? passwordPage.saved : texts.saved;
      const shown = { profile, entries, ...(saved ? { notice } : {}) };
      return profilePage(view, session, shown);
    });
  });

  router.post('/profile', takeOwnForm, async (ctx) => {
    const { visit, form } = ctx.state;
    const { session } = visit;
    if (!session) return seeOther(ctx, '/login');
    const profile = await readProfile(deps.db, session.phone);
    const { entries, changes, faults } = readForm(form, profile, wordsOf[visit.language]);
    if (Object.keys(faults).length > 0) {
      const shown = { language: session.language ?? visit.language, ...profile, ...entries };
      const page = (view: View) => profilePage(view, session, { profile, entries: shown, faults });
      return send(ctx, visit, page, { status: 422 });
    }
    await save(deps, session, changes);
    if (changes.language) cookies.setLanguage(ctx, changes.language);
    return seeOther(ctx, '/profile?saved=profile');
  });
}

type Entries = Readonly<Partial<Record<Detail | 'language', string>>>;
type Changes = { readonly details: Profile; readonly language: Language | null };

/** What was entered, what of it is to be saved, and what is wrong. A field that is not there changes nothing. */
function readForm(form: OwnForm, profile: Profile, words: Words) {
  const entries: Record<string, string> = {};
  const details: Partial<Record<Detail, string>> = {};
  const faults: Partial<Record<Detail | 'language', string>> = {};
  for (const detail of allDetails) {
    if (!form.has(detail)) continue;
    const written = form.text(detail);
    entries[detail] = written;
    const missingStill = written.trim() === '' && profile[detail] === undefined;
    if (missingStill) continue;
    const value = readDetail(detail, written);
    if (value === null) faults[detail] = words.profile.details[detail].fault;
    else if (value !== profile[detail]) details[detail] = value;
  }
  const language = form.has('language') ? form.text('language') : null;
  if (language !== null && !isLanguage(language)) faults.language = words.faults.languageUnknown;
  const changes: Changes = { details, language: isLanguage(language) ? language : null };
  return { entries: entries as Entries, changes, faults: faults as Faults };
}

async function save(deps: WebDeps, { phone }: Session, changes: Changes): Promise<void> {
  const at = deps.now();
  await inTransaction(deps.db, async (trx) => {
    for (const detail of allDetails) {
      const value = changes.details[detail];
      if (value !== undefined) await saveDetail(trx, { phone, detail, value, via: 'web', at });
    }
    if (changes.language) await setLanguage(trx, { phone, language: changes.language });
  });
}

function profilePage(
  view: View,
  session: Session,
  shown: { profile: Profile; entries: Entries; faults?: Faults; notice?: string },
): Page {
  const { words, language } = view;
  const { profile: texts } = words;
  const { profile, entries, faults = {}, notice } = shown;
  return {
    title: texts.title,
    faulty: Object.keys(faults).length > 0,
    content: (
      <>
        {notice && (
          <p class="saved" role="status">
            {notice}
          </p>
        )}
        <FaultSummary view={view} faults={faults} />
        <h1>{texts.title}</h1>
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
        </dl>
        <Form view={view} action="/profile">
          {detailGroups.map(({ name, details }) => (
            <section key={name} class="group" aria-labelledby={`group-${name}`}>
              <div class="heading">
                <h2 id={`group-${name}`}>{texts.groups[name]}</h2>
                <GroupState words={words} profile={profile} details={details} />
              </div>
              {details.map((detail) => (
                <TextField
                  key={detail}
                  name={detail}
                  label={texts.details[detail].label}
                  hint={texts.details[detail].hint}
                  value={entries[detail] ?? ''}
                  autocomplete={detailAutocomplete[detail]}
                  faults={faults}
                />
              ))}
            </section>
          ))}
          <section class="group" aria-labelledby="settings">
            <h2 id="settings">{texts.settings}</h2>
            <SelectField
              name="language"
              label={texts.language}
              value={entries.language ?? language}
              options={languages}
              faults={faults}
            />
          </section>
          <button class="button" type="submit">
            {texts.submit}
          </button>
        </Form>
      </>
    ),
  };
}

function GroupState(props: { words: Words; profile: Profile; details: readonly Detail[] }) {
  const { complete, state } = props.words.profile;
  const given = props.details.filter((detail) => props.profile[detail] !== undefined).length;
  const all = props.details.length;
  return given === all ? (
    <p class="state complete">{complete}</p>
  ) : (
    <p class="state">{state(given, all)}</p>
  );
}
