/** Work that is being done: who asks for the same meanwhile gets the same. */
export type UnderWay<Result> = {
  share(
    key: string,
    begin: () => { readonly reply: Promise<Result>; readonly done: Promise<void> },
  ): Promise<Result>;
};

/** The reply is shared until the work is done, which may be later. */
export function createUnderWay<Result>(): UnderWay<Result> {
  const replies = new Map<string, Promise<Result>>();
  return {
    share(key, begin) {
      const known = replies.get(key);
      if (known) return known;
      const { reply, done } = begin();
      replies.set(key, reply);
      void done.then(() => replies.delete(key));
      return reply;
    },
  };
}
