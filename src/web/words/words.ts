import type { Language } from '../../dialogue/languages.js';
import { en, type Words } from './en.js';
import { sw } from './sw.js';

export type { Words } from './en.js';

export const wordsOf: Readonly<Record<Language, Words>> = { en, sw };
