import type Koa from 'koa';

/**
 * Whether a request comes from this machine itself. A proxy on this machine also comes from loopback,
 * so forwarded requests do not.
 */
export function isFromThisMachine(ctx: Koa.Context): boolean {
  const { remoteAddress = '' } = ctx.req.socket;
  const loopback = /^(?:::1|(?:::ffff:)?127\.\d+\.\d+\.\d+)$/.test(remoteAddress);
  return loopback && ctx.get('x-forwarded-for') === '' && ctx.get('forwarded') === '';
}

/** The bearer token that comes with a request, or null. */
export function bearerToken(ctx: Koa.Context): string | null {
  return /^bearer (\S+)$/i.exec(ctx.get('authorization'))?.[1] ?? null;
}

/** Whether a token comes with a request: as a bearer token, or as the password that a browser has asked for. */
export function bringsToken(ctx: Koa.Context, isToken: (given: string) => boolean): boolean {
  const token = bearerToken(ctx);
  if (token !== null) return isToken(token);
  const [, given] = /^basic (\S+)$/i.exec(ctx.get('authorization')) ?? [];
  if (given === undefined) return false;
  const pair = Buffer.from(given, 'base64').toString('utf8');
  return pair.includes(':') && isToken(pair.slice(pair.indexOf(':') + 1));
}
