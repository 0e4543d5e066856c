import { languages } from '../dialogue/languages.js';
import { Form } from './fields.js';
import { ICON } from './icon.js';
import { webStylesheet } from './stylesheet.js';
import type { Page, View } from './view.js';

/** The whole document: what stands around every page. */
export function Frame({ view, page }: { view: View; page: Page }) {
  const { words, language } = view;
  return (
    <html lang={language}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`${page.faulty ? words.faultTitle : ''}${page.title} – KNEC CP2`}</title>
        <meta name="color-scheme" content="light dark" />
        <meta name="theme-color" content="#141414" />
        <meta name="format-detection" content="telephone=no" />
        <link rel="icon" href={ICON} />
        <link rel="stylesheet" href={webStylesheet.url} />
      </head>
      <body>
        <a class="skip" href="#main">
          {words.skip}
        </a>
        <Header view={view} />
        <main id="main" tabIndex={-1}>
          {page.content}
        </main>
        <footer>
          <div class="within">
            <p class="warning">{words.warning}</p>
            <p>
              {words.owner}
              <span class="dot"> · </span>
              <a class="apart" href="/privacy">
                {words.privacy}
              </a>
            </p>
          </div>
        </footer>
      </body>
    </html>
  );
}

function Header({ view }: { view: View }) {
  const { words } = view;
  return (
    <header>
      <div class="within">
        <a class="brand" href="/">
          <Shield />
          <span>
            <strong>KNEC CP2</strong> <span class="service">{words.service}</span>
          </span>
        </a>
        <nav class="languages" aria-label={words.languages}>
          <ul>
            {Object.entries(languages).map(([code, name]) => (
              <li key={code}>
                {code === view.language ? (
                  <span aria-current="true">{name}</span>
                ) : (
                  <a href={inLanguage(view, code)} lang={code} hreflang={code}>
                    {name}
                  </a>
                )}
              </li>
            ))}
          </ul>
        </nav>
        <Menu view={view} />
      </div>
    </header>
  );
}

/** The same page in another language. */
function inLanguage({ path, query }: View, lang: string): string {
  return `${path}?${new URLSearchParams({ ...query, lang })}`;
}

function Menu({ view }: { view: View }) {
  const { words, path } = view;
  const links: [string, string][] = view.mustChange
    ? []
    : view.loggedIn
      ? [['/profile', words.yourProfile]]
      : [
          ['/register', words.register],
          ['/login', words.logIn],
        ];
  return (
    <nav class="menu" aria-label={words.menu}>
      <ul>
        {links.map(([href, text]) => (
          <li key={href}>
            <a href={href} aria-current={href === path ? 'page' : undefined}>
              {text}
            </a>
          </li>
        ))}
        {view.loggedIn && (
          <li>
            <Form view={view} action="/logout">
              <button class="plain" type="submit">
                {words.logOut}
              </button>
            </Form>
          </li>
        )}
      </ul>
    </nav>
  );
}

function Shield() {
  return (
    <svg class="shield" viewBox="0 0 24 32" width="24" height="32" aria-hidden="true">
      <path d="M12 0c6 5 9 10 9 16s-3 11-9 16C6 27 3 22 3 16S6 5 12 0z" fill="#c8202b" />
      <path d="M12 7c3 3 4 6 4 9s-1 6-4 9c-3-3-4-6-4-9s1-6 4-9z" fill="#fff" />
      <path d="M12 10v12" stroke="#141414" stroke-width="1.6" />
    </svg>
  );
}
