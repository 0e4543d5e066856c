import type { Language } from '../../src/dialogue/languages.js';
import { flowMachine } from '../../src/dialogue/machine.js';
import { back, enter, option } from '../../src/dialogue/states.js';

type LanguageChoice = {
  context: { keyword: Language | null };
  notes: 'changed';
  messages: Record<never, never>;
};

/** The language of everything that the caller is shown and sent; registered or not. */
export const language = flowMachine<LanguageChoice>()({
  id: 'language',
  context: ({ input }) => ({ keyword: input.asked ? input.language : null }),
  initial: 'applying',
  states: {
    applying: {
      always: [
        {
          description: 'named by its keyword',
          guard: ({ context }) => context.keyword !== null,
          target: 'changed',
          actions: {
            type: 'setLanguage',
            params: ({ context }) => ({ language: context.keyword ?? 'en' }),
          },
        },
        { target: 'choice' },
      ],
    },
    choice: {
      on: {
        reply: [
          { ...option('en', 'toHome'), actions: change('en') },
          { ...option('sw', 'toHome'), actions: change('sw') },
          back('toHome'),
        ],
      },
    },
    changed: { type: 'final' },
    toHome: enter('home'),
  },
});

function change<const To extends Language>(to: To) {
  return [
    { type: 'setLanguage', params: { language: to } },
    { type: 'note', params: { says: 'changed' } },
  ] as const;
}
