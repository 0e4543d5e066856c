import type { SendPage } from '../send-page.js';
import type { Page, View } from '../view.js';
import type { WebRouter } from '../visit.js';

export function privacyRoutes(router: WebRouter, send: SendPage): void {
  router.get('/privacy', (ctx) => send(ctx, ctx.state.visit, privacyPage));
}

function privacyPage({ words: { privacyPage: words } }: View): Page {
  return {
    title: words.title,
    content: (
      <>
        <h1>{words.title}</h1>
        <p class="lead">{words.lead}</p>
        {words.sections.map(({ heading, paragraphs }) => (
          <section key={heading}>
            <h2>{heading}</h2>
            {paragraphs.map((paragraph) => (
              <p key={paragraph}>{paragraph}</p>
            ))}
          </section>
        ))}
      </>
    ),
  };
}
