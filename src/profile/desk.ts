import type { Knex } from 'knex';
import type { Account } from '../accounts/accounts.js';
import type { Transaction } from '../database/transaction.js';
import { kenyanYear } from '../dialogue/kenyan-time.js';
import type { Language } from '../dialogue/languages.js';
import type {
  Effect,
  JudgedAnswer,
  OpenedProfile,
  SealedChange,
  Tasks,
} from '../dialogue/world.js';
import type { Phone } from '../phone-number.js';
import { itemOf } from '../reference/items.js';
import type { Seal } from '../seal.js';
import type { Channel } from '../sessions.js';
import { type DetailName, detailOf, isDetailName } from './details.js';
import { checkIdentity, silenceOf } from './identity.js';
import { itemsOf, judge, listed } from './judge.js';
import { isLocked } from './locks.js';
import { masked } from './masking.js';
import {
  type Change,
  changed,
  conflicting,
  droppedBetween,
  saveChanges,
  type Values,
} from './profile.js';
import { applyTexted, type JudgedDetail } from './texted-details.js';

/** Who asks; what is known of them is read when it is first needed, and once a turn. */
export type Asker = {
  readonly phone: Phone;
  readonly language: Language;
  readonly ownAccount: () => Promise<Account | null>;
  readonly ownValues: () => Promise<Values>;
};

/**
 * What the dialogues ask and tell about the profile. A value travels through a dialogue sealed, so
 * that it may wait for a yes between two turns; screens get it masked.
 */
export function createProfileDesk(parts: {
  readonly db: Knex;
  readonly seal: Seal;
  readonly now: () => Date;
  /** What people dial, for the SMS that tell of a change. */
  readonly ussdCode: string;
}) {
  const { db, seal, now, ussdCode } = parts;
  const sealed = (phone: Phone, detail: DetailName, value: string): SealedChange => ({
    detail,
    sealed: seal.seal(value, answerContext(phone, detail)).toString('base64'),
  });

  const thisYear = () => kenyanYear(now().toISOString());

  const holdText = (phone: Phone, text: string) =>
    seal.seal(text, heldContext(phone)).toString('base64');
  const heldText = (phone: Phone, held: string) =>
    seal.open(Buffer.from(held, 'base64'), heldContext(phone));

  const openedChanges = (phone: Phone, changes: readonly SealedChange[]): readonly Change[] =>
    changes.map((change) => {
      const detail = detailNamed(change.detail);
      const bytes = Buffer.from(change.sealed, 'base64');
      return { detail, value: seal.open(bytes, answerContext(phone, detail)) };
    });

  /** What the number has once the turn has saved what it is about to: a county is answered, and its list comes next. */
  async function valuesWith(
    { phone, ownValues }: Asker,
    pending: readonly Effect[],
  ): Promise<Values> {
    const values = await ownValues();
    const changes = pending.flatMap((effect) =>
      effect.type === 'saveDetails' ? openedChanges(phone, effect.params.changes) : [],
    );
    return changes.length === 0 ? values : changed(values, changes, thisYear());
  }

  async function judgeOne(
    { phone, language }: Asker,
    detail: DetailName,
    said: string,
    values: Values,
    shown?: readonly number[],
  ): Promise<JudgedDetail> {
    const about = { detail, said, values, year: thisYear(), language };
    const judged = await judge(db, shown ? { ...about, shown } : about);
    if (judged.kind !== 'good') return judged;
    const { value, text, doubt } = judged;
    const after = changed(values, [{ detail, value }], thisYear());
    const [drops, change] = [droppedBetween(values, after), sealed(phone, detail, value)];
    return { kind: 'good', value, shown: masked(detail, text[language]), doubt, drops, change };
  }

  return {
    async open(
      asker: Asker,
      { value, held }: { readonly value: string; readonly held: string },
      pending: readonly Effect[],
    ): Promise<OpenedProfile> {
      const { phone } = asker;
      const account = await asker.ownAccount();
      if (!account) return { registered: false };
      if (await silenceOf(db, account, { at: now(), pending })) {
        return { registered: true, silent: true, held: value && holdText(phone, value) };
      }
      const texted = held === '' ? value : heldText(phone, held);
      const before = await asker.ownValues();
      const applied =
        texted === ''
          ? null
          : await applyTexted({ db, seal, at: now(), judgeOne }, asker, { text: texted, before });
      return {
        registered: true,
        silent: false,
        memberSince: account.createdAt.toISOString(),
        shown: await shownValues(db, applied?.values ?? before, asker.language),
        texted: applied?.texted ?? null,
      };
    },

    async prepare(
      asker: Asker,
      { detail }: { readonly detail: string },
      pending: readonly Effect[],
    ) {
      const name = detailNamed(detail);
      const values = await valuesWith(asker, pending);
      const items = await itemsOf(db, name, values);
      return { items: listed(items, asker.language), locked: isLocked(name, values) };
    },

    async judge(
      asker: Asker,
      { detail, said, shown: choices }: Tasks['judgeAnswer']['input'],
      pending: readonly Effect[],
    ): Promise<JudgedAnswer> {
      const name = detailNamed(detail);
      const values = await valuesWith(asker, pending);
      const judged = await judgeOne(asker, name, said, values, choices);
      if (judged.kind === 'several') {
        return { kind: 'several', items: listed(judged.items, asker.language) };
      }
      if (judged.kind === 'bad') {
        const { expects } = judged;
        return { kind: 'bad', fault: expects === detailOf(name).expects ? null : expects };
      }
      const { value, change, shown, doubt, drops } = judged;
      const given = [{ detail: name, value }];
      const conflicts = await conflicting(db, seal, asker.phone, given, {
        ...{ at: now(), before: values },
      });
      const conflict = conflicts.length > 0;
      const locked = isLocked(name, values) && values[name] !== value;
      return { kind: 'good', change, shown, doubt, drops, conflict, locked };
    },

    async checkWaiting(
      asker: Asker,
      { changes, shown }: Tasks['checkWaiting']['input'],
      pending: readonly Effect[],
    ): Promise<Tasks['checkWaiting']['output']> {
      const values = await valuesWith(asker, pending);
      const waiting = openedChanges(asker.phone, changes);
      const present = await shownValues(db, values, asker.language);
      if (waiting.some(({ detail }) => present[detail] !== shown[detail])) return 'overtaken';
      const isNews = ({ detail, value }: Change) => values[detail] !== value;
      return waiting.some((one) => isNews(one) && isLocked(one.detail, values))
        ? 'locked'
        : 'right';
    },

    checkIdentity: (
      {
        phone,
        channel,
        input,
      }: { readonly phone: Phone; readonly channel: Channel; readonly input: Buffer | null },
      { said }: { readonly said: string },
    ) => {
      const by = channel === 'web' ? 'anybody' : 'holder';
      return checkIdentity(db, seal, phone, said, now(), { by, input });
    },

    async save(
      trx: Transaction,
      scope: { readonly phone: Phone; readonly channel: Channel; readonly at: Date },
      { changes }: { readonly changes: readonly SealedChange[] },
    ): Promise<void> {
      const { phone, channel, at } = scope;
      const opened = openedChanges(phone, changes);
      await saveChanges(trx, seal, { phone, changes: opened, via: channel, at, ussdCode });
    },
  };
}

/** What is kept, by detail, as screens show it: lists by their items' names, masked where it must be. */
async function shownValues(
  db: Knex,
  values: Values,
  language: Language,
): Promise<Record<string, string>> {
  const shown: Record<string, string> = {};
  for (const [detail, value] of Object.entries(values)) {
    if (!isDetailName(detail)) continue;
    const { list } = detailOf(detail);
    const item = list ? await itemOf(db, list.name, value) : null;
    shown[detail] = masked(detail, item?.name[language] ?? value);
  }
  return shown;
}

function detailNamed(name: string): DetailName {
  if (!isDetailName(name)) throw new Error(`there is no detail named ${name}`);
  return name;
}

function heldContext(phone: Phone): string {
  return `texted:${phone}`;
}

function answerContext(phone: Phone, detail: DetailName): string {
  return `answer:${detail}:${phone}`;
}
