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

/** Whether a token comes with a request: as a bearer token, or as the password that a browser has asked for. */
export function bringsToken(ctx: Koa.Context, isToken: (given: string) => boolean): boolean {
  const [, scheme = '', given = ''] = /^(\S+) (\S+)$/.exec(ctx.get('authorization')) ?? [];
  if (scheme.toLowerCase() === 'bearer') return isToken(given);
  if (scheme.toLowerCase() !== 'basic') return false;
  const pair = Buffer.from(given, 'base64').toString('utf8');
  return pair.includes(':') && isToken(pair.slice(pair.indexOf(':') + 1));
}
