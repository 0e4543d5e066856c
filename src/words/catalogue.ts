import { passwordNotices } from '../accounts/another-password.js';
import { moveNotices } from '../accounts/move-notices.js';
import { commonWords } from '../dialogue/common-words.js';
import type { Flow } from '../dialogue/flow.js';
import type { FoundingLanguage } from '../dialogue/languages.js';
import { type Sentence, sentencesIn, type Texts } from '../dialogue/pack.js';
import { answerWords } from '../dialogue/yes-and-no.js';
import { lateNotices } from '../late-turns.js';
import { type Group, groups } from '../profile/detail.js';
import { detailNames, detailOf } from '../profile/details.js';
import { profileNotices } from '../profile/notices.js';
import { faults } from '../profile/rules.js';
import { wordsOf } from '../web/words/words.js';

/** Every sentence that people read in a founding language, in the order in which a translator meets them. */
export function catalogue(
  flows: readonly Flow[],
  language: FoundingLanguage = 'en',
): readonly Sentence[] {
  const details = Object.fromEntries(
    detailNames.map((name) => {
      const { label, expects, sms } = detailOf(name);
      return [name, { label: label[language], expects: expects[language], sms: sms[language] }];
    }),
  );
  const places: readonly (readonly [string, Texts])[] = [
    ['common', commonWords[language]],
    ['answers', answerWords[language]],
    ...flows.map(({ name, words }) => [`flows.${name}`, words[language] as Texts] as const),
    ['profile.groups', named(groups, language)],
    ['profile.details', details],
    ['profile.faults', named(faults, language)],
    ['notices.profile', profileNotices[language]],
    ['notices.move', moveNotices[language]],
    ['notices.password', passwordNotices[language]],
    ['notices.late', lateNotices[language]],
    ['web', wordsOf[language] as Texts],
  ];
  return places.flatMap(([place, texts]) => sentencesIn(place, texts));
}

function named(
  all: Readonly<Record<Group | string, Readonly<Record<FoundingLanguage, string>>>>,
  language: FoundingLanguage,
): Texts {
  return Object.fromEntries(Object.entries(all).map(([name, text]) => [name, text[language]]));
}
