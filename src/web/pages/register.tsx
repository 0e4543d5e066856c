import { maskPhone, type Phone, readPhone } from '../../phone-number.js';
import type { WebDeps } from '../deps.js';
import { FaultSummary, type Faults, Form, PhoneField } from '../fields.js';
import { newOnce, onceOf } from '../once.js';
import { passwordOnTheWay } from '../password-on-the-way.js';
import { readPhoneField } from '../read-phone-field.js';
import type { SendPage } from '../send-page.js';
import { registerAgainPage, registeredBeforePage } from '../silent-number.js';
import type { Page, View } from '../view.js';
import type { WebMiddleware, WebRouter } from '../visit.js';
import { wordsOf } from '../words/words.js';

type Entries = { readonly phone: string; readonly phoneAgain: string };

const nothingEntered: Entries = { phone: '', phoneAgain: '' };

export function registerRoutes(
  router: WebRouter,
  deps: WebDeps,
  send: SendPage,
  takeOwnForm: WebMiddleware,
): void {
  router.get('/register', (ctx) => {
    send(ctx, ctx.state.visit, (view) => registerPage(view, nothingEntered, {}, newOnce(deps)));
  });

  router.post('/register', takeOwnForm, async (ctx) => {
    const { visit, form } = ctx.state;
    const { faults: texts } = wordsOf[visit.language];
    const { phone, fault } = readPhoneField(form, wordsOf[visit.language]);
    const again = readPhone(form.text('phoneAgain'));
    if (!phone || again !== phone) {
      const faults: Faults = fault ? { phone: fault } : { phoneAgain: texts.phonesDiffer };
      const entries = { phone: form.text('phone'), phoneAgain: form.text('phoneAgain') };
      const page = (view: View) => registerPage(view, entries, faults, newOnce(deps));
      return send(ctx, visit, page, { status: 422 });
    }

    const once = onceOf(form, deps);
    const { language } = visit;
    const { state } = await deps.takeTurn({ flow: 'registration', phone, once, language });
    if (state === 'registered')
      return send(ctx, visit, (view) => passwordOnTheWay(view, view.words.registered, phone));
    if (state === 'alreadyRegistered') {
      return send(ctx, visit, (view) => alreadyRegisteredPage(view, phone, newOnce(deps)));
    }
    if (state === 'newHolder') {
      return send(ctx, visit, (view) => registeredBeforePage(view, phone, newOnce(deps)));
    }
    if (state === 'again') return send(ctx, visit, (view) => registerAgainPage(view, phone));
    throw new Error(`The registration came to rest at ${state}, for which there is no page.`);
  });
}

function registerPage(view: View, entries: Entries, faults: Faults, once: string): Page {
  const { words } = view;
  const { registerPage: texts } = words;
  return {
    title: texts.title,
    faulty: Object.keys(faults).length > 0,
    content: (
      <>
        <FaultSummary view={view} faults={faults} />
        <h1>{texts.title}</h1>
        <p class="lead">{texts.lead}</p>
        <Form view={view} action="/register" once={once}>
          <PhoneField
            name="phone"
            label={words.phone}
            hint={words.phoneHint}
            value={entries.phone}
            faults={faults}
          />
          <PhoneField
            name="phoneAgain"
            label={words.phoneAgain}
            value={entries.phoneAgain}
            faults={faults}
          />
          <section class="notice" aria-labelledby="data-notice">
            <h2 id="data-notice">{texts.noticeHeading}</h2>
            <p>{texts.notice}</p>
            <p>
              <a href="/privacy">{texts.noticeLink}</a>
            </p>
          </section>
          <button class="button" type="submit">
            {texts.submit}
          </button>
        </Form>
        <p class="aside">
          {texts.haveAccount} <a href="/login">{words.logIn}</a>
        </p>
      </>
    ),
  };
}

function alreadyRegisteredPage(view: View, phone: Phone, once: string): Page {
  const { alreadyRegistered: texts, logIn } = view.words;
  return {
    title: texts.title,
    content: (
      <>
        <h1>{texts.title}</h1>
        <p class="lead">{texts.lead(maskPhone(phone))}</p>
        <p>
          <a class="button" href="/login">
            {logIn}
          </a>
        </p>
        <Form view={view} action="/reset" once={once}>
          <p>{texts.offer}</p>
          <input type="hidden" name="phone" value={phone} />
          <button class="button second" type="submit">
            {texts.submit}
          </button>
        </Form>
      </>
    ),
  };
}
