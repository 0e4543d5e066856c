import { isLanguage, type Language, languageCodes } from '../../src/dialogue/languages.js';
import { flowMachine } from '../../src/dialogue/machine.js';
import { back, enter, optionsFrom } from '../../src/dialogue/states.js';

type LanguageChoice = {
  context: { keyword: Language | null; languages: readonly Language[] };
  notes: 'changed';
  messages: Record<never, never>;
};

/** The language of everything that the caller is shown and sent; registered or not. */
export const language = flowMachine<LanguageChoice>()({
  id: 'language',
  context: ({ input }) => ({
    keyword: input.asked ? input.language : null,
    languages: languageCodes,
  }),
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
          {
            guard: optionsFrom('languages'),
            target: 'toHome',
            actions: [
              {
                type: 'setLanguage',
                params: ({ event }) => ({
                  language: isLanguage(event.picked) ? event.picked : 'en',
                }),
              },
              { type: 'note', params: { says: 'changed' } },
            ],
          },
          back('toHome'),
        ],
      },
    },
    changed: { type: 'final' },
    toHome: enter('home'),
  },
});
