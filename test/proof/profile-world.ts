import type { Knex } from 'knex';
import type { Language } from '../../src/dialogue/languages.js';
import type { Ask, Effect, ListedItem, Tasks } from '../../src/dialogue/world.js';
import { type DetailName, detailOf, isDetailName } from '../../src/profile/details.js';
import { itemsOf, judge } from '../../src/profile/judge.js';
import { isLocked } from '../../src/profile/locks.js';
import { masked } from '../../src/profile/masking.js';
import { changed, droppedBetween, type Values } from '../../src/profile/profile.js';
import type { Item } from '../../src/reference/items.js';

export type Saved = {
  readonly detail: DetailName;
  readonly value: string;
  /** The profile just before. */
  readonly before: Values;
};

/** One member's profile, held in memory: the real rules and lists, and no storage. */
export type ProfileWorld = {
  readonly ask: Ask;
  /** Fills in what is right of these answers. */
  give(answers: readonly (readonly [DetailName, string])[]): void;
  take(effect: Effect): readonly Saved[];
};

export function createProfileWorld(
  db: Knex,
  { language, year }: { language: Language; year: number },
): ProfileWorld {
  const values: Partial<Record<DetailName, string>> = {};
  const shown: Record<string, string> = {};
  const given: (readonly [DetailName, string])[] = [];
  let wrongIds = 0;

  const listed = (items: readonly Item[]): ListedItem[] =>
    items.map(({ number, name }) => ({ number, label: name[language] }));

  const droppedBy = (detail: DetailName, value: string) =>
    droppedBetween(values, changed(values, [{ detail, value }], year));

  const keep = (detail: DetailName, value: string, text: string): Saved => {
    const before = { ...values };
    for (const name of droppedBy(detail, value)) {
      delete values[name];
      delete shown[name];
    }
    values[detail] = value;
    shown[detail] = text;
    return { detail, value, before };
  };

  /** The profile with what the turn is about to save. */
  const soon = (pending: readonly Effect[]): Values => {
    const changes = pending.flatMap((effect) =>
      effect.type === 'saveDetails'
        ? effect.params.changes.map(({ detail, sealed }) => {
            const [value = ''] = JSON.parse(Buffer.from(sealed, 'base64').toString()) as string[];
            return { detail: named(detail), value };
          })
        : [],
    );
    return changed(values, changes, year);
  };

  async function judged(detail: DetailName, said: string, choices?: readonly number[]) {
    const about = { detail, said, values, year };
    const judgement = await judge(db, choices ? { ...about, shown: choices } : about);
    if (judgement.kind === 'several') {
      return { kind: 'several' as const, items: listed(judgement.items) };
    }
    if (judgement.kind === 'bad') {
      const { expects } = judgement;
      return { kind: 'bad' as const, fault: expects === detailOf(detail).expects ? null : expects };
    }
    const { value, text, doubt } = judgement;
    const visible = masked(detail, text[language]);
    const sealed = Buffer.from(JSON.stringify([value, visible])).toString('base64');
    const change = { detail, sealed };
    const [drops, conflict] = [droppedBy(detail, value), value.endsWith('7')];
    const locked = isLocked(detail, values);
    return { kind: 'good' as const, change, shown: visible, doubt, drops, conflict, locked };
  }

  const take = (effect: Effect): readonly Saved[] => {
    if (effect.type !== 'saveDetails') return [];
    return effect.params.changes.map(({ detail, sealed }) => {
      const [value, visible] = JSON.parse(Buffer.from(sealed, 'base64').toString()) as string[];
      return keep(named(detail), value ?? '', visible ?? '');
    });
  };

  const answers: {
    [Name in keyof Tasks]: (
      input: Tasks[Name]['input'],
      pending: readonly Effect[],
    ) => Tasks[Name]['output'] | Promise<Tasks[Name]['output']>;
  } = {
    findCaller: () => ({ registered: true, undelivered: null, silent: null }),
    makePassword: () => ({ password: '4821 9035', passwordHash: '$argon2id$of-an-engine-test' }),
    checkReset: () => ({ allowed: true }),
    async openProfile() {
      for (const [detail, said] of given.splice(0)) {
        const good = await judged(detail, said);
        if (good.kind === 'good') take({ type: 'saveDetails', params: { changes: [good.change] } });
      }
      const memberSince = '2026-11-23T06:00:00.000Z';
      return { registered: true, silent: false, memberSince, shown: { ...shown }, texted: null };
    },
    prepareQuestion: async ({ detail }, pending) => ({
      items: listed(await itemsOf(db, named(detail), soon(pending))),
      locked: isLocked(named(detail), soon(pending)),
    }),
    judgeAnswer: ({ detail, said, shown }) => judged(named(detail), said, shown),
    checkWaiting: () => 'right',
    readOldNumber: () => null,
    checkMove: () => ({ permit: { allowed: true }, claim: { accountId: null, idFits: false } }),
    checkIdentity({ said }) {
      // Random answers would never hit it.
      if (/^[0-5]/.test(said)) return 'right';
      wrongIds += 1;
      return wrongIds >= 3 ? 'stopped' : 'wrong';
    },
  };
  return {
    ask: async (task, input, pending) => answers[task](input, pending),
    give: (some) => {
      given.push(...some);
    },
    take,
  };
}

function named(detail: string): DetailName {
  if (!isDetailName(detail)) throw new Error(`there is no detail named ${detail}`);
  return detail;
}
