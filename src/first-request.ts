import type { Middleware } from 'koa';

/**
 * A middleware that is loaded when the first request comes to it, so that no start waits for what few
 * ask for. Where it cannot be loaded, the next request tries again.
 */
export function onFirstRequest(load: () => Promise<Middleware>): Middleware {
  let loading: Promise<Middleware> | null = null;
  return async (ctx, next) => {
    loading ??= load().catch((error: unknown) => {
      loading = null;
      throw error;
    });
    const loaded = await loading;
    await loaded(ctx, next);
  };
}
