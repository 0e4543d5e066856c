import type { Pack } from '../src/dialogue/pack.js';

/** The languages besides English and Kiswahili: one file each, one line each. See docs/adding-a-language.md. */
export const packs = [] as const satisfies readonly Pack[];
