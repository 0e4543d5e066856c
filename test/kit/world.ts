import type { Language } from '../../src/dialogue/languages.js';
import type {
  Ask,
  Claim,
  Effect,
  JudgedAnswer,
  ListedItem,
  Permit,
  Silence,
  Tasks,
  TextedDetails,
  Undelivered,
} from '../../src/dialogue/world.js';
import { maskPhone, readPhone } from '../../src/phone-number.js';
import { detailNames, detailOf, isDetailName } from '../../src/profile/details.js';

/** What is known of the one caller of an engine test before the call. */
export type Given = {
  readonly registered?: boolean;
  readonly undelivered?: Undelivered;
  /** Nobody was heard from the number for half a year. */
  readonly silent?: Silence;
  readonly language?: Language;
  readonly reset?: Permit;
  /** What an old number and an ID come to, and whether one may ask for it. */
  readonly claim?: Claim;
  readonly move?: Permit;
  /** The profile, by detail, as screens show it. */
  readonly shown?: Readonly<Record<string, string>>;
  readonly texted?: TextedDetails;
  /** The lists to choose from, by detail. */
  readonly lists?: Readonly<Record<string, readonly ListedItem[]>>;
  /** The ID on record: with one, payout details that are set are locked. */
  readonly nationalId?: string;
};

/** The caller's side of the world: answers the flows' tasks and takes in what they tell. */
export type CallerWorld = {
  readonly ask: Ask;
  readonly language: Language;
  take(effect: Effect): void;
};

export function createCallerWorld(given: Given): CallerWorld {
  let { registered = false, language = 'en' as Language } = given;
  let silent = given.silent ?? null;
  let wrongIds = 0;
  const silenceAfter = (pending: readonly Effect[]) =>
    pending.some(({ type }) => type === 'confirmHolder') ? null : silent;
  const answers: {
    [Name in keyof Tasks]: (
      input: Tasks[Name]['input'],
      pending: readonly Effect[],
    ) => Tasks[Name]['output'];
  } = {
    findCaller: (_, pending) => ({
      registered,
      undelivered: given.undelivered ?? null,
      silent: silenceAfter(pending),
    }),
    makePassword: () => ({ password: '4821 9035', passwordHash: '$argon2id$of-an-engine-test' }),
    checkReset: () => given.reset ?? { allowed: true },
    openProfile({ value, held }, pending) {
      if (!registered) return { registered };
      if (silenceAfter(pending)) return { registered, silent: true, held: value };
      return {
        registered,
        silent: false,
        memberSince: '2026-11-23T06:00:00.000Z',
        shown: given.shown ?? {},
        texted: value + held === '' ? null : (given.texted ?? null),
      };
    },
    prepareQuestion: ({ detail }) => ({
      items: given.lists?.[detail] ?? [],
      locked:
        given.nationalId !== undefined &&
        isDetailName(detail) &&
        detailOf(detail).payout === true &&
        detail in (given.shown ?? {}),
    }),
    readOldNumber({ said }) {
      const phone = readPhone(said);
      return phone && { number: Buffer.from(phone).toString('base64'), shown: maskPhone(phone) };
    },
    checkMove: () => ({
      permit: given.move ?? { allowed: true },
      claim: given.claim ?? { accountId: 'an account', idFits: true },
    }),
    judgeAnswer: ({ detail, said }) =>
      judgedBy(detail, said, given.lists?.[detail] ?? [], given.shown ?? {}),
    checkWaiting: () => 'right',
    checkIdentity({ said }) {
      if (said !== given.nationalId) wrongIds += 1;
      if (wrongIds >= 3) return 'stopped';
      return said === given.nationalId ? 'right' : 'wrong';
    },
  };
  return {
    ask: async (task, input, pending) => answers[task](input, pending),
    get language() {
      return language;
    },
    take(effect) {
      if (effect.type === 'createAccount') registered = true;
      if (effect.type === 'confirmHolder' || effect.type === 'setAside') silent = null;
      if (effect.type === 'setLanguage') language = effect.params.language;
    },
  };
}

/** By the detail's own rule, or by the list's numbers and first letters. */
function judgedBy(
  detail: string,
  said: string,
  items: readonly ListedItem[],
  shown: Readonly<Record<string, string>>,
): JudgedAnswer {
  if (!isDetailName(detail)) throw new Error(`there is no detail named ${detail}`);
  const found = items.filter(
    ({ number, label }) =>
      String(number) === said ||
      (said !== '' && label.toLowerCase().startsWith(said.toLowerCase())),
  );
  if (found.length > 1) return { kind: 'several', items: found };
  const reading = found[0]
    ? { value: found[0].label }
    : detailOf(detail).rule(said, { values: { bank: '68' }, year: 2026 });
  if ('fault' in reading) return { kind: 'bad', fault: reading.fault };
  const { value, doubt = null } = reading;
  const change = { detail, sealed: Buffer.from(value).toString('base64') };
  const drops = detailNames.filter((name) => name in shown && detailOf(name).list?.of === detail);
  return { kind: 'good', change, shown: value, doubt, drops, conflict: false, locked: false };
}
