/** How requests share round trips. */
export type SharingOptions<In, Out> = {
  /** Does them all in one go; what it resolves with is in the order of the items. */
  readonly run: (items: readonly In[]) => Promise<readonly Out[]>;
  /** Items with the same key never share a round trip, and keep their order; without it any may. */
  readonly keyOf?: (item: In) => unknown;
  /** Items that one round trip takes. */
  readonly most: number;
  /** Milliseconds that a round trip waits at most for half as many items as those before it had. */
  readonly gatherMs: number;
};

/** How round trips are shared by what every turn asks for. */
export const SHARED_BY_TURNS = {
  /** More would only make the first of them wait. */
  most: 128,
  /** A millisecond is nothing to a caller; nobody waits where turns come one by one. */
  gatherMs: 1,
} as const;

type Waiting<In, Out> = {
  readonly item: In;
  readonly resolve: (out: Out) => void;
  readonly reject: (error: unknown) => void;
};

/**
 * Lets requests that come at the same time share a round trip: while one is under way, those that come
 * wait for the next (a second beside it would halve what they share), and one that finds none under way
 * goes at once, with those of the same turn of the event loop. Where many have come of late, the first to
 * come waits a moment for some of the others: else it would go alone, and they after it. Where a shared one
 * fails, each of its items is tried alone, so that nobody fails for another's fault: `run` must bear being
 * called again for what it may have done.
 */
export function sharing<In, Out>(options: SharingOptions<In, Out>): (item: In) => Promise<Out> {
  const { run, most, gatherMs } = options;
  let waiting: Waiting<In, Out>[] = [];
  const keyOf = options.keyOf ?? ((item: In): unknown => item);
  let underWay = false;
  let scheduled = false;
  let gathering: NodeJS.Timeout | null = null;
  /** What the last round trips had, halved with each that had fewer. */
  let usual = 1;

  function schedule(): void {
    if (scheduled) return;
    scheduled = true;
    setImmediate(() => {
      scheduled = false;
      next();
    });
  }

  function next(): void {
    if (underWay || waiting.length === 0) return;
    // For half of them: while the others are answered and ask again, these are on their way.
    if (waiting.length < usual / 2) gathering ??= setTimeout(depart, gatherMs);
    else depart();
  }

  function depart(): void {
    if (gathering) clearTimeout(gathering);
    gathering = null;
    const taken = take();
    underWay = true;
    usual = Math.max(taken.length, Math.floor(usual / 2));
    void go(taken).finally(() => {
      underWay = false;
      schedule();
    });
  }

  function take(): Waiting<In, Out>[] {
    const keys = new Set<unknown>();
    const taken: Waiting<In, Out>[] = [];
    const left: Waiting<In, Out>[] = [];
    for (const one of waiting) {
      const key = keyOf(one.item);
      if (taken.length < most && !keys.has(key)) {
        keys.add(key);
        taken.push(one);
      } else {
        left.push(one);
      }
    }
    waiting = left;
    return taken;
  }

  async function go(taken: readonly Waiting<In, Out>[]): Promise<void> {
    try {
      const outs = await run(taken.map(({ item }) => item));
      for (const [index, { resolve }] of taken.entries()) resolve(outs[index] as Out);
    } catch (error) {
      if (taken.length === 1) {
        for (const { reject } of taken) reject(error);
        return;
      }
      for (const one of taken) await go([one]);
    }
  }

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      schedule();
    });
}
