import { inEveryLanguage } from '../../dialogue/languages.js';
import { type Texts, translated } from '../../dialogue/pack.js';
import { en, type Words } from './en.js';
import { sw } from './sw.js';

export type { Words } from './en.js';

export const wordsOf = inEveryLanguage<Words>({ en, sw }, (pack) =>
  translated(pack, 'web', en as Words & Texts),
);
