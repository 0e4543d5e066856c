import { type Flow, MASK } from './flow.js';
import type { Position, View } from './screen.js';

/** The pages of screens that many callers see. */
export type RememberedPages = {
  /** @param layOut lays the screen out for a view. It must be pure. */
  get(
    flow: Flow,
    position: Position,
    view: View,
    layOut: (view: View) => readonly string[],
  ): readonly string[];
};

/** More than all flows have in all languages; beyond it there is something that should not be here. */
const MOST_REMEMBERED = 5_000;

type Pages = { readonly pages: readonly string[]; readonly quotePhone: boolean };

/**
 * Laying out a screen is a good part of what a plain turn costs, and most screens are the same for
 * everybody but for the caller's number. They are laid out once, with a stand-in for it: numbers are
 * masked to one length. Only screens of contexts that have a name are remembered, which hold nothing
 * that anybody typed.
 *
 * @param nameOf the name of a context that remembered steps lead to, or null.
 */
export function createRememberedPages(nameOf: (context: object) => number | null): RememberedPages {
  const remembered = new WeakMap<View['facts'], Map<string, Pages>>();

  function pagesFor(facts: View['facts']): Map<string, Pages> {
    const known = remembered.get(facts);
    if (known && known.size < MOST_REMEMBERED) return known;
    const none = new Map<string, Pages>();
    remembered.set(facts, none);
    return none;
  }

  return {
    get(flow, { state, context, remark }, view, layOut) {
      const name = remark === null ? nameOf(context) : null;
      if (name === null) return layOut(view);
      const { language, budget, signed, phone, facts } = view;
      const standIn = MASK.repeat(phone.length);
      const all = pagesFor(facts);
      const key = `${flow.name} ${state} ${name} ${language} ${budget} ${signed} ${phone.length}`;
      let known = all.get(key);
      if (!known) {
        const pages = layOut({ ...view, phone: standIn });
        known = { pages, quotePhone: pages.some((page) => page.includes(standIn)) };
        all.set(key, known);
      }
      if (!known.quotePhone) return known.pages;
      return known.pages.map((page) => page.replaceAll(standIn, phone));
    },
  };
}
