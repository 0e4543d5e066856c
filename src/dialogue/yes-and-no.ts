import { inEveryLanguage } from './languages.js';
import { translated } from './pack.js';

/** What the answer to a question says that is asked for a yes or a no. */
export type YesOrNo = 'yes' | 'no';

type AnswerWords = Readonly<Record<YesOrNo, { readonly keywords: readonly string[] }>>;

// A lone N is neither: it begins `no` and `ndiyo`.
const en: AnswerWords = { yes: { keywords: ['YES', 'Y', 'OK', 'OKAY'] }, no: { keywords: ['NO'] } };
const sw: AnswerWords = {
  yes: { keywords: ['NDIYO', 'NDIO', 'SAWA'] },
  no: { keywords: ['HAPANA', 'H'] },
};

/** What people answer in words, in capitals; in any language, whatever the question was asked in. */
export const answerWords = inEveryLanguage({ en, sw }, (pack) => translated(pack, 'answers', en));

/** Whether an answer is a yes or a no, and nothing else. A word that languages disagree about is neither. */
export function readYesOrNo(said: string): YesOrNo | null {
  const word = said.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '').toUpperCase();
  const says = (answer: YesOrNo) =>
    Object.values(answerWords).some((words) => words[answer].keywords.includes(word));
  const [yes, no] = [says('yes'), says('no')];
  if (yes === no) return null;
  return yes ? 'yes' : 'no';
}
