/** A reply, and when the work for it is done, which may be later. */
type Work<Result> = { readonly reply: Promise<Result>; readonly done: Promise<void> };

/** Work that is being done: who asks for the same meanwhile gets the same. */
export type UnderWay<Result> = {
  share(key: string, begin: () => Work<Result>): Promise<Result>;
  /** Settles once all work is done that has begun by now. */
  finished(): Promise<void>;
};

/** The reply is shared until the work is done. */
export function createUnderWay<Result>(): UnderWay<Result> {
  // No Map: every so many keys that come and go it moves into a new table, and the old ones, each of which
  // leads to the next, keep what they held from the quick collection of what is young.
  const works: Record<string, Work<Result>> = Object.create(null);
  return {
    share(key, begin) {
      const known = works[key];
      if (known) return known.reply;
      const work = begin();
      works[key] = work;
      void work.done.then(() => delete works[key]);
      return work.reply;
    },
    async finished() {
      await Promise.all(Object.values(works).map(({ done }) => done));
    },
  };
}
