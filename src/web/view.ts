import type { ComponentChildren } from 'preact';
import type { Language } from '../dialogue/languages.js';
import type { WebDeps } from './deps.js';
import { formToken, ownerMark } from './own-forms.js';
import type { Visit } from './visit.js';
import { type Words, wordsOf } from './words/words.js';

/** What any page may show besides its own matter. */
export type View = {
  readonly words: Words;
  readonly language: Language;
  readonly loggedIn: boolean;
  /** Logged in with an issued password: there is nowhere to go but to an own one. */
  readonly mustChange: boolean;
  /** The token of the session's forms; null for visitors. */
  readonly csrf: string | null;
  /** Whose the session's forms are; null for visitors. */
  readonly owner: string | null;
  /** The page's own address, for the links to its other languages. */
  readonly path: string;
  /** What has to stay in that address in every language. */
  readonly query: Readonly<Record<string, string>>;
  readonly ussdCode: string;
  readonly smsShortCode: string;
  readonly simulator: boolean;
};

/** A page, before the frame is put around it. */
export type Page = {
  readonly title: string;
  readonly content: ComponentChildren;
  /** Something has to be corrected: the title says so first, for those who hear it. */
  readonly faulty?: boolean;
};

export function viewOf(deps: WebDeps, visit: Visit, address: Pick<View, 'path' | 'query'>): View {
  return {
    words: wordsOf[visit.language],
    language: visit.language,
    loggedIn: visit.session !== null,
    mustChange: visit.session?.mustChange ?? false,
    csrf: visit.session && formToken(deps.seal, visit.session),
    owner: visit.session && ownerMark(deps.seal, visit.session),
    ...address,
    ussdCode: deps.ussdCode,
    smsShortCode: deps.smsShortCode,
    simulator: deps.simulator,
  };
}
