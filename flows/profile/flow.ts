import { defineFlow } from '../../src/dialogue/flow.js';
import type { Resting } from '../../src/dialogue/words.js';
import { masked, type ProfileContext, resumed } from './context.js';
import { en } from './en.js';
import { profile } from './machine.js';
import { quotes } from './quotes.js';
import { sw } from './sw.js';

/** The states that ask for a detail, whichever it is. */
const ASKING: ReadonlySet<string> = new Set(['question', 'list', 'doubt', 'detail']);

export const flow = defineFlow({
  name: 'profile',
  version: 2,
  // The way back from one question to the one before it is new, and what waits for the holder; all else is as it was.
  from: {
    1: ({ state, context }) => ({
      state: state as Resting<typeof profile>,
      context: { ...(context as ProfileContext), held: '', trail: [] },
      sameQuestion: true,
    }),
  },
  goal: { effect: ({ type, params }) => type === 'saveDetails' && params.changes.length > 0 },
  topic: ({ state, context }) => (ASKING.has(state) ? context.detail : null),
  masked,
  // The longest e-mail address leaves no room for a line above it.
  pages: ['detail'],
  resumes: ['question', 'list', 'doubt', 'identity'],
  resumed,
  machine: profile,
  words: { en, sw },
  quotes,
  offer: { to: 'members', order: 10 },
  takesValue: true,
});
