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
  const works = new Map<string, Work<Result>>();
  return {
    share(key, begin) {
      const known = works.get(key);
      if (known) return known.reply;
      const work = begin();
      works.set(key, work);
      void work.done.then(() => works.delete(key));
      return work.reply;
    },
    async finished() {
      await Promise.all([...works.values()].map(({ done }) => done));
    },
  };
}
