import { MASK } from '../../src/dialogue/flow.js';
import { alike, type Named } from '../../src/dialogue/named.js';
import type {
  JudgedAnswer,
  ListedItem,
  OpenedProfile,
  SealedChange,
  TextedDetails,
} from '../../src/dialogue/world.js';
import type { Group } from '../../src/profile/detail.js';
import {
  type DetailName,
  detailNames,
  detailOf,
  detailsIn,
  narrowedBy,
} from '../../src/profile/details.js';

/** What the profile's dialogue keeps in mind between two turns. */
export type ProfileContext = {
  memberSince: string;
  /** What was texted to a profile that stays closed until its holder has shown to be the holder; sealed. */
  held: string;
  /** What is kept, by detail, as screens show it. */
  shown: Readonly<Record<string, string>>;
  group: Group;
  /** The details of the group that is looked at. */
  details: readonly DetailName[];
  /** The detail that is looked at or asked for. */
  detail: DetailName;
  /** Whether one missing detail is asked for after the other, and which are to be left for later. */
  filling: boolean;
  skipped: readonly DetailName[];
  /** What was asked before this one while filling, for the way back. */
  trail: readonly DetailName[];
  /** The list to choose the answer from, or the part of it that fits what was typed. */
  items: readonly ListedItem[];
  /** Whether the national ID has been given for the change that is about to be made: it holds for one, and for this call. */
  identified: boolean;
  /** A value that waits for the ID or for a yes, encrypted, and what screens will show of it. */
  pending:
    | (Keepable & { doubt: Named | null; conflict?: boolean; also?: readonly Keepable[] })
    | null;
  fault: Named | null;
  /** What did not go with what was kept last, and is missing again. */
  dropped?: readonly string[];
  /** What was chosen from a list and kept last, as screens show it: who replied some letters sees what they were taken for. */
  chosen?: string;
  /** What came of an SMS with details. */
  texted: TextedDetails | null;
};

/** A value on its way to be kept, and what screens will show of it. */
export type Keepable = {
  readonly change: SealedChange;
  readonly shown: string;
  readonly drops?: readonly string[];
};

/** The details that have no value yet, in the order of asking. */
export function missingIn({ shown }: Pick<ProfileContext, 'shown'>): readonly DetailName[] {
  return detailNames.filter((name) => !(name in shown));
}

export function nextMissing(context: ProfileContext): DetailName | null {
  const { shown, skipped } = context;
  return (
    missingIn(context).find((name) => !skipped.includes(name) && canBeAsked(name, shown)) ?? null
  );
}

/** A list that another detail narrows, such as a county's sub-counties, is nothing to choose from before that one is answered. */
export function canBeAsked(name: DetailName, shown: ProfileContext['shown']): boolean {
  const parent = narrowedBy(name);
  return parent === null || detailOf(name).list?.orTyped === true || parent in shown;
}

/** What filling in asks for next. */
export function next(context: ProfileContext): Partial<ProfileContext> {
  return { detail: nextMissing(context) ?? context.detail, pending: null, fault: null };
}

/** What was asked before; see {@link ProfileContext.trail}. */
export function before({ detail, trail }: ProfileContext): Partial<ProfileContext> {
  const asked = trail.at(-1) ?? detail;
  return { detail: asked, trail: trail.slice(0, -1), pending: null, fault: null };
}

/** Whether a group is looked at: neither is filling in going on, nor was the question raised by an SMS. */
export function isLooking({ filling, details }: ProfileContext): boolean {
  return !filling && details.length > 0;
}

export function look(group: Group): Pick<ProfileContext, 'group' | 'details'> {
  return { group, details: detailsIn(group) };
}

export function opened(output: OpenedProfile): Partial<ProfileContext> {
  if (!output.registered || output.silent) return {};
  const { memberSince, shown, texted } = output;
  return { memberSince, shown, texted };
}

export function textedOf(output: OpenedProfile): TextedDetails | null {
  return output.registered && !output.silent ? output.texted : null;
}

/** What is to be chosen from next: what of its list fits what was texted, or all of it. */
export function prepared(
  { texted }: ProfileContext,
  { items }: { readonly items: readonly ListedItem[] },
): Partial<ProfileContext> {
  if (!texted?.asks) return { items };
  return { items: texted.asks.items, texted: { ...texted, asks: null } };
}

/** What waits until the caller has shown to be the holder; null where nobody has to. */
export function heldOf(output: OpenedProfile): string | null {
  return output.registered && output.silent ? output.held : null;
}

export function pendingOf({ texted }: ProfileContext): Partial<ProfileContext> {
  const pending = texted?.pending ?? null;
  return pending ? { pending, detail: pending.change.detail as DetailName } : {};
}

type Good = Extract<JudgedAnswer, { kind: 'good' }>;

export function goodIn(output: JudgedAnswer): Good | null {
  return output.kind === 'good' ? output : null;
}

export function changesIn(output: JudgedAnswer): readonly SealedChange[] {
  return output.kind === 'good' ? [output.change] : [];
}

export function severalIn(output: JudgedAnswer): readonly ListedItem[] | null {
  return output.kind === 'several' ? output.items : null;
}

export function faultIn(output: JudgedAnswer): Named | null {
  return output.kind === 'bad' ? output.fault : null;
}

/** Everything that waits for the ID, or for a yes. */
export function allPending({ pending }: ProfileContext): readonly Keepable[] {
  return pending ? [pending, ...(pending.also ?? [])] : [];
}

export function changesOf(keepable: readonly Keepable[]): readonly SealedChange[] {
  return keepable.map(({ change }) => change);
}

/** The context after a value was kept. What does not go with it, such as a branch with its bank, is missing again. */
export function kept(context: ProfileContext, good: Keepable | null): Partial<ProfileContext> {
  if (!good) return {};
  const isListed = detailOf(good.change.detail as DetailName).list !== undefined;
  return { ...after(context, [good]), chosen: isListed ? good.shown : '' };
}

/** The same of several that waited together, and of what the SMS with them has dropped before. */
export function keptAll(
  context: ProfileContext,
  keepable: readonly Keepable[],
): Partial<ProfileContext> {
  return after(context, keepable, context.texted?.dropped);
}

function after(
  context: ProfileContext,
  keepable: readonly Keepable[],
  droppedBefore: readonly string[] = [],
): Partial<ProfileContext> {
  const given = keepable.map(({ change, shown }) => [change.detail, shown] as const);
  const drops = keepable.flatMap(({ drops = [] }) => drops);
  const left = Object.entries(context.shown).filter(([detail]) => !drops.includes(detail));
  const shown = Object.fromEntries([...left, ...given]);
  const dropped = [...new Set([...droppedBefore, ...drops])];
  return {
    ...{ shown, chosen: '', pending: null, fault: null, items: [], identified: false },
    dropped: dropped.filter((detail) => !(detail in shown)),
  };
}

/** So many digits are no choice from a menu: somebody has typed a number. */
const FEWEST_DIGITS = 4;

/** Whether an answer is a number of its own, such as that of an account, with what people put between its digits. */
export function looksLikeNumber(said: string): boolean {
  const bare = said.replace(/[\s./-]/g, '');
  return bare.length >= FEWEST_DIGITS && /^\d+$/.test(bare);
}

/** What a later call goes on with: whoever dials now has not given the ID. */
export function resumed(context: ProfileContext): ProfileContext {
  return { ...context, identified: false };
}

/** The context without what the caller has told: which details there are, and not their values. */
export function masked(context: ProfileContext): ProfileContext {
  const { shown, items, pending, fault, texted } = context;
  return {
    ...context,
    shown: Object.fromEntries(Object.keys(shown).map((detail) => [detail, MASK])),
    ...(context.chosen ? { chosen: MASK } : {}),
    // Which items are left of a list tells what was typed.
    items: items.map((_, index) => ({ number: index + 1, label: MASK })),
    // A doubt names the bank.
    // So do the choices of a list that another detail narrows.
    texted: texted && {
      ...texted,
      ...(texted.asks && { asks: { ...texted.asks, items: [] } }),
      faults: texted.faults.map((fault) => ({
        ...fault,
        ...(fault.choices && { choices: fault.choices.map(() => MASK) }),
      })),
    },
    // What is wrong may quote a value.
    fault: fault && alike(MASK),
    pending: pending && { ...pending, shown: MASK, doubt: pending.doubt && alike(MASK) },
  };
}
