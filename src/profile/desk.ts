import type { Knex } from 'knex';
import type { Account } from '../accounts/accounts.js';
import type { Transaction } from '../database/transaction.js';
import { kenyanYear } from '../dialogue/kenyan-time.js';
import type { Language } from '../dialogue/languages.js';
import type { Named } from '../dialogue/named.js';
import type {
  Effect,
  JudgedAnswer,
  ListedItem,
  OpenedProfile,
  SealedChange,
  TextedDetails,
  TextedFault,
} from '../dialogue/world.js';
import type { Phone } from '../phone-number.js';
import { type Item, itemOf } from '../reference/items.js';
import type { Seal } from '../seal.js';
import type { Channel } from '../sessions.js';
import { type DetailName, detailNames, detailOf, isDetailName } from './details.js';
import { checkIdentity, silenceOf } from './identity.js';
import { itemsOf, judge, judgeAmong } from './judge.js';
import { masked } from './masking.js';
import { type Change, changed, conflicting, saveChanges, type Values } from './profile.js';
import { readTexted, type TextedPart } from './texted.js';

/** No SMS holds the names of more items. */
const MOST_CHOICES = 20;

type Waiting = {
  readonly change: SealedChange;
  readonly shown: string;
  readonly locked: boolean;
  readonly doubt: Named | null;
};

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
    { unseen = false } = {},
  ) {
    const judged = await judge(db, { detail, said, values, year: thisYear(), unseen });
    if (judged.kind !== 'good') return judged;
    const { value, text, doubt } = judged;
    const shown = masked(detail, text[language]);
    const after = changed(values, [{ detail, value }], thisYear());
    const [drops, change] = [droppedBetween(values, after), sealed(phone, detail, value)];
    return { kind: 'good' as const, value, shown, doubt, drops, change };
  }

  async function readParts(text: string, values: Values) {
    const year = thisYear();
    const lists = new Map<DetailName, readonly Item[]>();
    for (const detail of detailNames) {
      const { list } = detailOf(detail);
      if (list && !list.of) lists.set(detail, await itemsOf(db, detail, values));
    }
    return readTexted(text, (detail, said) => {
      const items = lists.get(detail) ?? [];
      return judgeAmong(items, { detail, said, values, year, unseen: true }).kind !== 'bad';
    });
  }

  /** What is wrong with a detail that was texted: its sender sees no list, so the choices go with it. */
  async function faultOf(
    { language }: Asker,
    detail: DetailName,
    expects: Named,
    values: Values,
  ): Promise<TextedFault> {
    const general = expects === detailOf(detail).expects;
    const items = general ? await itemsOf(db, detail, values) : [];
    if (items.length === 0 || items.length > MOST_CHOICES) return { detail, expects };
    return { detail, expects, choices: items.map(({ name }) => name[language]) };
  }

  async function applyTexted(
    asker: Asker,
    text: string,
    before: Values,
  ): Promise<{ texted: TextedDetails; values: Values }> {
    let values = before;
    const changes: SealedChange[] = [];
    const kept: { detail: DetailName; value: string }[] = [];
    const faults: TextedFault[] = [];
    const unclear: { detail: DetailName; items: readonly Item[] }[] = [];
    const waiting: Waiting[] = [];
    const held: { detail: DetailName; value: string }[] = [];
    const { parts: read, mayHoldMore } = await readParts(text, before);
    const parts = inOrder(read);
    for (const [index, { detail, said }] of parts.entries()) {
      if (detail === null) {
        faults.push({ detail: null, expects: null });
        continue;
      }
      // What is given anew further on is nothing that an answer has to go with.
      const known = without(
        parts.slice(index + 1).map((later) => later.detail),
        changed(before, [...kept, ...held], thisYear()),
      );
      const judged = await judgeOne(asker, detail, said, known, { unseen: true });
      if (judged.kind !== 'good') {
        if (judged.kind === 'several') unclear.push({ detail, items: judged.items });
        else faults.push(await faultOf(asker, detail, judged.expects, known));
        continue;
      }
      const { change, shown, doubt, value } = judged;
      // A branch does not go to the old bank while the new one waits.
      const tied = detailOf(detail).payout === true && held.length > 0;
      const locked = (tied || isLocked(detail, before)) && before[detail] !== value;
      if (locked || doubt) {
        waiting.push({ change, shown, locked, doubt });
        held.push({ detail, value });
        continue;
      }
      changes.push(change);
      kept.push({ detail, value });
      values = changed(before, kept, thisYear());
    }
    // One that something better was to come with, which then was not right.
    for (const { detail, value } of [...kept]) {
      if (detailOf(detail).list) continue;
      const again = await judgeOne(asker, detail, value, without([detail], values));
      if (again.kind !== 'bad') continue;
      faults.push({ detail, expects: again.expects });
      kept.splice(
        kept.findIndex((one) => one.detail === detail),
        1,
      );
      changes.splice(
        changes.findIndex((one) => one.detail === detail),
        1,
      );
      values = changed(before, kept, thisYear());
    }
    const shared = await conflicting(db, seal, asker.phone, [...kept, ...held], {
      ...{ at: now(), before },
    });
    const isHeld = (name: DetailName) => held.some(({ detail }) => detail === name);
    const conflicts = shared.filter((name) => !isHeld(name));
    const dropped = droppedBetween(before, values);
    const pending = together(waiting, {
      conflict: shared.some(isHeld),
      dropsOf: (these) => {
        const names = these.map(({ change }) => change.detail);
        const given = held.filter(({ detail }) => names.includes(detail));
        return droppedBetween(values, changed(values, given, thisYear()));
      },
    });
    const asked = pending ? null : (unclear.shift() ?? null);
    const asks = asked && {
      detail: asked.detail,
      items: listed(asked.items, asker.language),
    };
    faults.push(...unclear.map(({ detail }) => ({ detail, expects: detailOf(detail).expects })));
    return { texted: { changes, conflicts, dropped, faults, asks, pending, mayHoldMore }, values };
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
      const applied = texted === '' ? null : await applyTexted(asker, texted, before);
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
      { detail, said }: { readonly detail: string; readonly said: string },
      pending: readonly Effect[],
    ): Promise<JudgedAnswer> {
      const name = detailNamed(detail);
      const values = await valuesWith(asker, pending);
      const judged = await judgeOne(asker, name, said, values);
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
      return { kind: 'good', change, shown, doubt, drops, conflict: conflicts.length > 0 };
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

/**
 * Whether a detail is changed only by somebody who knows the ID on record: a payout detail that is set
 * already, and the ID itself once there is one, or it would be changed first.
 */
export function isLocked(detail: DetailName, values: Values): boolean {
  if (values[detail] === undefined || values.nationalId === undefined) return false;
  if (detail === 'nationalId') {
    return detailNames.some((name) => detailOf(name).payout && values[name] !== undefined);
  }
  return detailOf(detail).payout ?? false;
}

/**
 * What waits for the ID, or for a yes: one question for all of it. What is asked about may be withdrawn, and
 * the rest kept without it.
 */
function together(
  waiting: readonly Waiting[],
  about: {
    readonly conflict: boolean;
    readonly dropsOf: (kept: readonly Waiting[]) => readonly DetailName[];
  },
): TextedDetails['pending'] {
  const asked = waiting.find(({ doubt }) => doubt) ?? waiting[0];
  if (!asked) return null;
  const also = waiting.filter((one) => one !== asked);
  const drops = about.dropsOf(also);
  return {
    ...asked,
    locked: waiting.some((one) => one.locked),
    conflict: about.conflict,
    drops: about.dropsOf(waiting),
    also: also.map(({ change, shown }) => ({ change, shown, drops })),
  };
}

function droppedBetween(before: Values, after: Values): readonly DetailName[] {
  return detailNames.filter((name) => name in before && !(name in after));
}

function without(names: readonly (DetailName | null)[], values: Values): Values {
  return Object.fromEntries(
    Object.entries(values).filter(([name]) => !names.includes(name as DetailName)),
  );
}

/** A county before its sub-county, however they were texted: an answer is read in the light of those before it. */
function inOrder(parts: readonly TextedPart[]): readonly TextedPart[] {
  const place = ({ detail }: TextedPart) =>
    detail === null ? detailNames.length : detailNames.indexOf(detail);
  return parts.toSorted((one, other) => place(one) - place(other));
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

function listed(items: readonly Item[], language: Language): ListedItem[] {
  return items.map(({ number, name }) => ({ number, label: name[language] }));
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
