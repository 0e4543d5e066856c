import type { FoundingLanguage } from '../../src/dialogue/languages.js';
import { type HttpVisitor, visitor } from '../web/http-visitor.js';
import type { Person } from './people.js';

/** A person at a browser, who reads the labels of the fields and what stands in them. */
export type Browsing = {
  register(number: string): Promise<void>;
  /** With the password from the SMS; chooses an own one. */
  logInFirst(number: string, issued: string, own: string): Promise<void>;
  logIn(number: string, password: string): Promise<void>;
  speak(language: FoundingLanguage): Promise<void>;
  /** Fills the form of every group; returns how many forms were sent. */
  fillAll(person: Person, language: FoundingLanguage): Promise<number>;
  /** What the forms of all groups show, by labels. */
  readAll(): Promise<Record<string, string>>;
  /** The copy of the data: values in full by labels. */
  readCopy(language: FoundingLanguage): Promise<Record<string, string>>;
};

type Field = {
  readonly name: string;
  readonly label: string;
  readonly value: string;
  /** What the page says instead of a value that it does not show. */
  readonly masked: string | null;
  readonly options: readonly { readonly value: string; readonly text: string }[];
};

export function browse(url: string): Browsing {
  const who = visitor(url);

  const groupPaths = async () => {
    const { html } = await expectPage(who, '/profile');
    const paths = html.match(/(?<=<a href=")\/profile\/[a-z]+(?=" aria-describedby)/g) ?? [];
    if (paths.length !== 5) throw new Error(`not five groups but ${paths.join(', ')}`);
    return paths;
  };

  return {
    async register(number) {
      const { html } = await expectPage(who, '/register');
      const fields = { phone: number, phoneAgain: number };
      const { status } = await who.post('/register', { ...hiddenIn(html), ...fields });
      if (status >= 400) throw new Error(`registering: ${status}`);
    },
    async logInFirst(number, issued, own) {
      const login = await who.post('/login', { phone: number, password: issued });
      if (login.to !== '/password') throw new Error(`after the login: ${login.status} ${login.to}`);
      const chosen = await who.post('/password', { newPassword: own, newPasswordAgain: own });
      if (chosen.status !== 303) throw new Error(`the own password: ${chosen.status}`);
    },
    async logIn(number, password) {
      const login = await who.post('/login', { phone: number, password });
      if (login.to !== '/profile') throw new Error(`after the login: ${login.status} ${login.to}`);
    },
    async speak(language) {
      await who.post('/profile/language', { language });
    },

    async fillAll(person, language) {
      let sent = 0;
      for (const path of await groupPaths()) {
        const { html } = await expectPage(who, path);
        const form = { ...hiddenIn(html), ...filledIn(html, person, language) };
        let answer = await who.post(path, form);
        sent += 1;
        if (answer.status === 422) {
          // A question: whoever is sure ticks the box and sends the form again.
          answer = await who.post(path, { ...form, ...ticksIn(answer.html) });
          sent += 1;
        }
        if (answer.status !== 303) throw new Error(`${path}: ${answer.status}\n${answer.html}`);
      }
      return sent;
    },

    async readAll() {
      const read: Record<string, string> = {};
      for (const path of await groupPaths()) {
        const { html } = await expectPage(who, path);
        for (const { name, label, value, masked, options } of fieldsIn(html)) {
          // Not a detail, but what a change of the bank asks for.
          if (name === 'nationalIdCheck') continue;
          const chosen = options.find((option) => option.value === value);
          read[label] = masked ?? chosen?.text ?? value;
        }
      }
      return read;
    },

    async readCopy(language) {
      const { status, html } = await who.get('/profile/data/copy');
      if (status !== 200) throw new Error(`the copy: ${status}`);
      const { details } = JSON.parse(html) as {
        details: {
          name: Record<FoundingLanguage, string>;
          value: string;
          meaning?: { [of: string]: string };
        }[];
      };
      return Object.fromEntries(
        details.map(({ name, value, meaning }) => [name[language], meaning?.[language] ?? value]),
      );
    },
  };
}

async function expectPage(who: HttpVisitor, path: string) {
  const answer = await who.get(path);
  if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${answer.to}`);
  return answer;
}

/** The fields of the page's form, as they are. */
function fieldsIn(html: string): readonly Field[] {
  return html.split('<div class="field').flatMap((part) => {
    const [, name, label] = /<label for="([^"]+)">([^<]*)</.exec(part) ?? [];
    if (name === undefined || label === undefined) return [];
    const [select = ''] = /<select.*<\/select>/s.exec(part) ?? [];
    const options = [...select.matchAll(/<option value="([^"]*)"( selected)?[^>]*>([^<]*)</g)].map(
      ([, value = '', selected, text = '']) => ({
        value: plain(value),
        text: plain(text),
        selected: selected !== undefined,
      }),
    );
    const [input = ''] = /<input[^>]*>/.exec(part) ?? [];
    const typed = plain(/ value="([^"]*)"/.exec(input)?.[1] ?? '');
    return {
      name,
      label: plain(label),
      value: select ? (options.find(({ selected }) => selected)?.value ?? '') : typed,
      masked:
        /\*\*\*[^\s.]*/.exec(/class="present"[^>]*>([^<]*)</.exec(part)?.[1] ?? '')?.[0] ?? null,
      options,
    };
  });
}

/** What a person enters: what is chosen by its text, the rest as it is. */
function filledIn(
  html: string,
  person: Person,
  language: FoundingLanguage,
): Record<string, string> {
  const entries: Record<string, string> = {};
  for (const { name, label, options } of fieldsIn(html)) {
    const answer = person.find((one) => one.label[language] === label)?.says[language];
    if (answer === undefined) throw new Error(`nobody would know what to enter for ${label}`);
    if (options.length === 0) entries[name] = answer;
    else {
      const option = options.find(({ text }) => text === answer);
      if (!option) throw new Error(`${answer} is not on offer for ${label}`);
      entries[name] = option.value;
    }
  }
  return entries;
}

function hiddenIn(html: string): Record<string, string> {
  return inputsIn(html, 'hidden');
}

function ticksIn(html: string): Record<string, string> {
  return inputsIn(html, 'checkbox');
}

function inputsIn(html: string, type: string): Record<string, string> {
  const main = html.slice(html.indexOf('<main'));
  const tags = main.match(new RegExp(`<input[^>]*type="${type}"[^>]*>`, 'g')) ?? [];
  return Object.fromEntries(
    tags.map((tag) => [
      /name="([^"]*)"/.exec(tag)?.[1] ?? '',
      plain(/value="([^"]*)"/.exec(tag)?.[1] ?? ''),
    ]),
  );
}

function plain(html: string): string {
  const named: Record<string, string> = { quot: '"', amp: '&', lt: '<', gt: '>', '#39': "'" };
  return html.replace(/&(quot|amp|lt|gt|#39);/g, (_, name) => named[name] ?? '');
}
