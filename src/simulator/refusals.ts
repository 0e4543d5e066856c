import type { Middleware } from 'koa';

/**
 * Answers a request that was refused, by us or by the reader of its body, with the status and the
 * reason. What is nobody's fault but ours goes on to the application, which logs it.
 */
export const answerRefusals: Middleware = async (ctx, next) => {
  try {
    await next();
  } catch (error) {
    if (!isRefusal(error)) throw error;
    ctx.status = error.status;
    ctx.body = error.message;
  }
};

function isRefusal(error: unknown): error is Error & { status: number } {
  if (!(error instanceof Error) || !('status' in error)) return false;
  return typeof error.status === 'number' && error.status >= 400 && error.status < 500;
}
