import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import type { Context } from 'koa';

const YEAR_S = 365 * 24 * 60 * 60;

export type Stylesheet = {
  /** Where pages find it: another address for every other content, so it is kept for long. */
  readonly url: string;
  /** Answers with it. */
  readonly serve: (ctx: Context) => void;
};

/**
 * A stylesheet in a file.
 *
 * @param path where it is served.
 */
export function createStylesheet(file: URL, path: string): Stylesheet {
  const content = readFileSync(file);
  const compressed = gzipSync(content);
  const version = createHash('sha256').update(content).digest('base64url').slice(0, 12);
  return {
    url: `${path}?v=${version}`,
    serve(ctx) {
      const kept = ctx.query['v'] === version;
      ctx.set('Cache-Control', kept ? `public, max-age=${YEAR_S}, immutable` : 'no-cache');
      ctx.type = 'css';
      ctx.vary('Accept-Encoding');
      if (ctx.acceptsEncodings('gzip', 'identity') === 'gzip') {
        ctx.set('Content-Encoding', 'gzip');
        ctx.body = compressed;
      } else {
        ctx.body = content;
      }
    },
  };
}

/** That of the web pages. */
export const webStylesheet = createStylesheet(new URL('web.css', import.meta.url), '/web.css');
