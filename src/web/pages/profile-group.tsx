import { inTransaction } from '../../database/transaction.js';
import { kenyanYear } from '../../dialogue/kenyan-time.js';
import type { Language } from '../../dialogue/languages.js';
import type { Phone } from '../../phone-number.js';
import { type Group, groups } from '../../profile/detail.js';
import {
  type DetailName,
  dependentsOf,
  detailOf,
  detailsIn,
  parentOf,
} from '../../profile/details.js';
import {
  type Change,
  conflicting,
  readValues,
  saveChanges,
  type Values,
} from '../../profile/profile.js';
import { type Choices, choicesFor, shownValues } from '../choices.js';
import { completenessOf } from '../completeness.js';
import type { WebDeps } from '../deps.js';
import { DetailField, faultText } from '../detail-field.js';
import { FaultSummary, type Faults, Form, TextField } from '../fields.js';
import { type Reading, readAnswers } from '../group-answers.js';
import { GroupLinks } from '../group-links.js';

import { detailsNamed, Notices } from '../notices.js';
import { asksIdentity, isGuarded, type PayoutPermit, payoutPermit } from '../payout-permit.js';
import { seeOther } from '../see-other.js';
import type { SendPage } from '../send-page.js';
import type { Session } from '../sessions.js';
import { logInFirst } from '../unsaved-form.js';
import type { Page, View } from '../view.js';
import type { WebMiddleware, WebRouter } from '../visit.js';
import { type Was, wasOf } from '../was.js';

/** The forms of the profile, one a group. */
export function profileGroupRoutes(
  router: WebRouter,
  deps: WebDeps,
  send: SendPage,
  takeOwnForm: WebMiddleware,
): void {
  router.get('/profile/:group', async (ctx) => {
    const { session, language } = ctx.state.visit;
    const { group } = ctx.params;
    if (!isGroup(group)) return ctx.throw(404);
    if (!session) return seeOther(ctx, '/login');
    const kept = await load(deps, session, group, language);
    const asked = detailsIn(group);
    const again = detailsNamed(ctx.query['again'], asked).filter(parentOf);
    const shared = detailsNamed(ctx.query['shared'], asked);
    return send(ctx, ctx.state.visit, (view) => groupPage(view, { group, kept, again, shared }));
  });

  router.post('/profile/:group', takeOwnForm, async (ctx) => {
    const { visit, form } = ctx.state;
    const { session, language } = visit;
    const { group } = ctx.params;
    if (!isGroup(group)) return ctx.throw(404);
    if (!session) return logInFirst(ctx, group);
    const { accountId, phone } = session;
    const at = deps.now();

    const values = await readValues(deps.db, deps.seal, phone);
    const shown = await shownValues(deps.db, values, group, language);
    const was = wasOf(deps.seal, { accountId, group, values, shown });
    const posted = { group, form, values, shown, was, year: kenyanYear(at.toISOString()) };
    const { changes, problems } = await readAnswers(deps, posted);
    const permit = await payoutPermit(deps, { phone, values, form, at }, changes);
    const shared = await save(deps, phone, permit.changes, at);

    if (!permit.fault && Object.keys(problems).length === 0) {
      return seeOther(ctx, nextPath(group, unanswered(values, permit.changes), shared));
    }
    const kept = await load(deps, session, group, language);
    const open = [...Object.keys(problems), ...permit.refused, 'nationalIdCheck'];
    const entries = Object.fromEntries(
      open.filter((name) => form.has(name)).map((name) => [name, form.text(name)]),
    );
    const tried = { problems, permit, entries };
    const page = (view: View) => groupPage(view, { group, kept, shared, tried });
    return send(ctx, visit, page, { status: 422 });
  });
}

function isGroup(name: unknown): name is Group {
  return typeof name === 'string' && Object.hasOwn(groups, name);
}

/** What a group's form shows of the profile. */
type Kept = {
  readonly values: Values;
  readonly shown: Values;
  readonly was: Was;
  readonly choices: ReadonlyMap<DetailName, Choices>;
};

async function load(
  { db, seal }: WebDeps,
  { accountId, phone }: Session,
  group: Group,
  language: Language,
): Promise<Kept> {
  const values = await readValues(db, seal, phone);
  const shown = await shownValues(db, values, group, language);
  const was = wasOf(seal, { accountId, group, values, shown });
  const choices = new Map<DetailName, Choices>();
  for (const detail of detailsIn(group)) choices.set(detail, await choicesFor(db, detail, values));
  return { values, shown, was, choices };
}

/** Keeps the changes; returns which of them some other account has as well. */
async function save(
  { db, seal, ussdCode }: WebDeps,
  phone: Phone,
  changes: readonly Change[],
  at: Date,
): Promise<readonly DetailName[]> {
  if (changes.length === 0) return [];
  const shared = await conflicting(db, seal, phone, changes, { at });
  await inTransaction(db, (trx) =>
    saveChanges(trx, seal, { phone, changes, via: 'web', at, ussdCode }),
  );
  return shared;
}

/** The details that went with what they hang on, and were not given anew. */
function unanswered(values: Values, changes: readonly Change[]): readonly DetailName[] {
  const changed = changes.map(({ detail }) => detail);
  return changed
    .flatMap(dependentsOf)
    .filter((detail) => values[detail] !== undefined && !changed.includes(detail));
}

function nextPath(
  group: Group,
  again: readonly DetailName[],
  shared: readonly DetailName[],
): string {
  const open = again.length > 0;
  const query = new URLSearchParams(open ? { again: again.join() } : { saved: group });
  if (shared.length > 0) query.set('shared', shared.join());
  return `${open ? `/profile/${group}` : '/profile'}?${query}`;
}

type Shown = {
  readonly group: Group;
  readonly kept: Kept;
  /** What has to be given once more after what it hangs on has changed. */
  readonly again?: readonly DetailName[];
  readonly shared: readonly DetailName[];
  /** What was sent, as far as it was not saved. */
  readonly tried?: {
    readonly problems: Reading['problems'];
    readonly permit: PayoutPermit;
    readonly entries: Readonly<Record<string, string>>;
  };
};

function groupPage(view: View, { group, kept, again = [], shared, tried }: Shown): Page {
  const { words, language } = view;
  const { group: texts } = words;
  const { values, shown } = kept;
  const asked = detailsIn(group);
  const faults = faultsOf(view, kept, tried);
  const labels = Object.fromEntries(
    asked.map((detail) => [detail, detailOf(detail).label[language]]),
  );
  const title = groups[group][language];
  const { given, all } = completenessOf(values, group);
  return {
    title,
    faulty: Object.keys(faults).length > 0,
    content: (
      <>
        <FaultSummary view={view} faults={faults} labels={labels}>
          {tried && tried.permit.changes.length > 0 && <p>{texts.restSaved}</p>}
        </FaultSummary>
        <Notices view={view} notice={againText(view, again)} shared={shared} />
        <div class="group-page">
          <div>
            <div class="heading">
              <h1>{title}</h1>
              <p class={given === all ? 'state complete' : 'state'}>
                {words.profile.state(given, all)}
              </p>
            </div>
            <Form view={view} action={`/profile/${group}`}>
              {asked.map((detail) => (
                <DetailField
                  key={detail}
                  view={view}
                  detail={detail}
                  values={values}
                  shown={shown}
                  was={kept.was}
                  choices={kept.choices.get(detail) ?? []}
                  entry={tried?.entries[detail]}
                  problem={tried?.problems[detail]}
                  faults={faults}
                />
              ))}
              {asked.some((detail) => isGuarded(detail, values)) && asksIdentity(values) && (
                <div class="notice">
                  <TextField
                    name="nationalIdCheck"
                    label={texts.identity}
                    hint={texts.identityHint}
                    value={tried?.entries['nationalIdCheck'] ?? ''}
                    autocomplete="off"
                    inputMode="numeric"
                    faults={faults}
                  />
                </div>
              )}
              <button class="button" type="submit">
                {texts.submit}
              </button>
            </Form>
          </div>
          <GroupLinks view={view} values={values} present={group} />
        </div>
      </>
    ),
  };
}

/** What to say at the fields, in their order. */
function faultsOf(view: View, { shown }: Kept, tried: Shown['tried']): Faults {
  const faults: Partial<Record<keyof Faults, string>> = {};
  for (const [name, problem] of Object.entries(tried?.problems ?? {})) {
    const detail = name as DetailName;
    faults[detail] = faultText(view, detail, problem, shown);
  }
  const { fault: identity = null, refused = [] } = tried?.permit ?? {};
  if (identity) {
    const { payout, nationalId } = view.words.group.identityFaults;
    faults.nationalIdCheck = (refused.includes('nationalId') ? nationalId : payout)[identity];
  }
  return faults;
}

function againText({ words, language }: View, details: readonly DetailName[]): string | null {
  const [parent] = details.map(parentOf);
  if (!parent) return null;
  const label = (name: DetailName) => detailOf(name).label[language];
  return words.group.again(label(parent), details.map(label).join(', '));
}
