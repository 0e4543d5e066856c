import { maskPhone, type Phone } from '../../phone-number.js';
import { detailOf } from '../../profile/details.js';
import type { WebDeps } from '../deps.js';
import { FaultSummary, type Faults, Form, PhoneField } from '../fields.js';
import { dateInKenya, timeInKenya } from '../nairobi-time.js';
import { newOnce, onceOf } from '../once.js';
import { passwordOnTheWay } from '../password-on-the-way.js';
import { readPhoneField } from '../read-phone-field.js';
import { seeOther } from '../see-other.js';
import type { SendPage } from '../send-page.js';
import { holderPage, notTodayPage, registerAgainPage } from '../silent-number.js';
import type { Page, View } from '../view.js';
import type { WebMiddleware, WebRouter } from '../visit.js';
import { wordsOf } from '../words/words.js';

export function resetRoutes(
  router: WebRouter,
  deps: WebDeps,
  send: SendPage,
  takeOwnForm: WebMiddleware,
): void {
  router.get('/reset', (ctx) => {
    send(ctx, ctx.state.visit, (view) => resetPage(view, '', {}, newOnce(deps)));
  });

  router.post('/reset', takeOwnForm, async (ctx) => {
    const { visit, form } = ctx.state;
    const { phone, fault } = readPhoneField(form, wordsOf[visit.language]);
    if (phone === null) {
      const entered = form.text('phone');
      const page = (view: View) => resetPage(view, entered, { phone: fault }, newOnce(deps));
      return send(ctx, visit, page, { status: 422 });
    }

    const once = onceOf(form, deps);
    const { language } = visit;
    const { silentNumber: texts } = wordsOf[language];
    const askHolder = (fault: string | null) => {
      const faults = fault ? { nationalId: fault } : {};
      const page = (view: View) => holderPage(view, phone, faults, once);
      send(ctx, visit, page, { status: fault ? 422 : 200 });
    };
    const nationalId = form.has('nationalId') ? form.text('nationalId') : null;
    // Of what is no ID there is nothing to compare, and it is no try.
    if (nationalId !== null && !isNationalId(nationalId)) {
      return askHolder(texts.nationalIdUnreadable);
    }
    const request = { flow: 'reset', phone, once, language } as const;
    const {
      state,
      context: { againAt },
    } = await deps.takeTurn(nationalId === null ? request : { ...request, said: nationalId });
    // The same page whether or not the number is registered: whoever asks may be anyone.
    if (state === 'passwordSent' || state === 'notRegistered') {
      return send(ctx, visit, (view) => passwordOnTheWay(view, view.words.resetDone, phone));
    }
    if (state === 'silent') return askHolder(nationalId === null ? null : texts.nationalIdWrong);
    if (state === 'forgotten') {
      return send(ctx, visit, (view) => registerAgainPage(view, phone));
    }
    if (state === 'notToday') return send(ctx, visit, notTodayPage, { status: 429 });
    // The same form has been answered before, with something else.
    if (state === 'callOver') return seeOther(ctx, '/reset');
    if (state === 'tooMany') {
      return send(ctx, visit, (view) => refusedPage(view, phone, readInstant(againAt)), {
        status: 429,
      });
    }
    throw new Error(`The reset came to rest at ${state}, for which there is no page.`);
  });
}

function isNationalId(written: string): boolean {
  return 'value' in detailOf('nationalId').rule(written, { values: {}, year: 0 });
}

/** Null where a form was sent again: the first time has said it. */
function readInstant(written: unknown): Date | null {
  return typeof written === 'string' ? new Date(written) : null;
}

function resetPage(view: View, entered: string, faults: Faults, once: string): Page {
  const { words } = view;
  const { resetPage: texts } = words;
  return {
    title: texts.title,
    faulty: Object.keys(faults).length > 0,
    content: (
      <>
        <FaultSummary view={view} faults={faults} />
        <h1>{texts.title}</h1>
        <p class="lead">{texts.lead}</p>
        <Form view={view} action="/reset" once={once}>
          <PhoneField
            name="phone"
            label={words.phone}
            hint={words.phoneHint}
            value={entered}
            faults={faults}
          />
          <button class="button" type="submit">
            {texts.submit}
          </button>
        </Form>
        <p class="aside">{texts.moved(view.ussdCode)}</p>
      </>
    ),
  };
}

function refusedPage({ words, language }: View, phone: Phone, againAt: Date | null): Page {
  const { resetRefused: texts } = words;
  return {
    title: texts.title,
    content: (
      <>
        <h1>{texts.title}</h1>
        <p class="lead">{texts.lead(maskPhone(phone))}</p>
        {againAt && (
          <p>
            <strong>
              {texts.again(timeInKenya(againAt, language), dateInKenya(againAt, language))}
            </strong>
          </p>
        )}
        <p>
          <a class="button" href="/login">
            {words.logIn}
          </a>
        </p>
      </>
    ),
  };
}
