import type { Middleware } from 'koa';

/** A middleware that is not there from the start. */
export type Later = {
  readonly middleware: Middleware;
  /** Loads it, once. What cannot be loaded stays so: Node remembers a module that it did not find. */
  load(): Promise<void>;
};

/** A middleware that is loaded when it is told to, or else by the first request that comes to it. */
export function loadedLater(begin: () => Promise<Middleware>): Later {
  let loading: Promise<Middleware> | undefined;
  const loaded = () => {
    loading ??= begin();
    return loading;
  };
  return {
    async middleware(ctx, next) {
      const middleware = await loaded();
      await middleware(ctx, next);
    },
    async load() {
      await loaded();
    },
  };
}
