import type { Language } from '../../src/dialogue/languages.js';
import type { Ask, Effect, ResetPermit, Tasks, Undelivered } from '../../src/dialogue/world.js';

/** What is known of the one caller of an engine test before the call. */
export type Given = {
  readonly registered?: boolean;
  readonly undelivered?: Undelivered;
  readonly fullName?: string;
  readonly language?: Language;
  readonly reset?: ResetPermit;
};

/** The caller's side of the world: answers the flows' tasks and takes in what they tell. */
export type CallerWorld = {
  readonly ask: Ask;
  readonly language: Language;
  take(effect: Effect): void;
};

export function createCallerWorld(given: Given): CallerWorld {
  let { registered = false, fullName = null as string | null, language = 'en' as Language } = given;
  const answers: { [Name in keyof Tasks]: () => Tasks[Name]['output'] } = {
    findCaller: () => ({ registered, undelivered: given.undelivered ?? null }),
    makePassword: () => ({ password: '4821 9035', passwordHash: '$argon2id$of-an-engine-test' }),
    checkReset: () => given.reset ?? { allowed: true },
    readProfile: () => ({ fullName, memberSince: '2026-11-23T06:00:00.000Z' }),
  };
  return {
    ask: async (task) => answers[task](),
    get language() {
      return language;
    },
    take(effect) {
      if (effect.type === 'createAccount') registered = true;
      if (effect.type === 'saveDetail') fullName = effect.params.value;
      if (effect.type === 'setLanguage') language = effect.params.language;
    },
  };
}
