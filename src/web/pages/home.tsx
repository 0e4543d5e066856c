import { DialCode } from '../fields.js';
import type { SendPage } from '../send-page.js';
import type { Page, View } from '../view.js';
import type { WebRouter } from '../visit.js';

export function homeRoutes(router: WebRouter, send: SendPage): void {
  router.get('/', (ctx) => send(ctx, ctx.state.visit, homePage));
}

function homePage(view: View): Page {
  const { homePage: words } = view.words;
  return {
    title: words.title,
    content: (
      <div class="home">
        <div class="hero">
          <h1>{words.title}</h1>
          <p class="lead">{words.lead}</p>
        </div>
        <section class="card phone" aria-labelledby="on-phone">
          <h2 id="on-phone">{words.onPhone}</h2>
          <p class="dial">
            <span>{words.dial}</span> <DialCode code={view.ussdCode} />
          </p>
          <p class="text">
            {words.text}{' '}
            <a href={`sms:${view.smsShortCode}?body=${words.keyword}`}>
              <strong>{words.keyword}</strong> {words.toShortCode(view.smsShortCode)}
            </a>
          </p>
          <p class="hint">{words.phoneNote}</p>
        </section>
        <section class="card" aria-labelledby="on-web">
          <h2 id="on-web">{words.onWeb}</h2>
          <OnWeb view={view} />
        </section>
        <section class="steps" aria-labelledby="steps">
          <h2 id="steps">{words.steps}</h2>
          <ol>
            {words.stepList.map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ol>
        </section>
        {view.simulator && (
          <p class="trial">
            {words.simulator} <a href="/simulator">{words.openSimulator}</a>
          </p>
        )}
      </div>
    ),
  };
}

function OnWeb({ view: { words, loggedIn } }: { view: View }) {
  if (loggedIn) {
    return (
      <p class="actions">
        <a class="button" href="/profile">
          {words.yourProfile}
        </a>
      </p>
    );
  }
  return (
    <>
      <p class="actions">
        <a class="button" href="/register">
          {words.register}
        </a>
        <a class="button second" href="/login">
          {words.logIn}
        </a>
      </p>
      <p>
        <a href="/reset">{words.homePage.lostPassword}</a>
      </p>
    </>
  );
}
