import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import type { Context } from 'koa';

const YEAR_S = 365 * 24 * 60 * 60;

const content = readFileSync(new URL('web.css', import.meta.url));
const compressed = gzipSync(content);
const version = createHash('sha256').update(content).digest('base64url').slice(0, 12);

/** Where pages find the stylesheet: another address for every other content, so it is kept for long. */
export const stylesheetUrl = `/web.css?v=${version}`;

/** Answers with the stylesheet. */
export function serveStylesheet(ctx: Context): void {
  const { v: asked } = ctx.query;
  ctx.set('Cache-Control', asked === version ? `public, max-age=${YEAR_S}, immutable` : 'no-cache');
  ctx.type = 'css';
  ctx.vary('Accept-Encoding');
  if (ctx.acceptsEncodings('gzip', 'identity') === 'gzip') {
    ctx.set('Content-Encoding', 'gzip');
    ctx.body = compressed;
  } else {
    ctx.body = content;
  }
}
