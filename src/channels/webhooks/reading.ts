import type { IncomingMessage } from 'node:http';
import { parse } from 'node:querystring';
import type { Context } from 'koa';

/** Where a carrier puts the fields of its requests. */
export type Source = 'GET query' | 'POST form' | 'POST json';

/**
 * The fields of a request. A field that is doubled (`a=1&a=2`) or nested (`a[b]=1`) comes out as an
 * array or an object, so that a schema that expects a word finds fault with that field alone.
 */
export type Fields = Readonly<Record<string, unknown>>;

/**
 * The fields as they were read, or why they were not: `otherType` is another content type or a
 * compressed body (HTTP 415), `tooLarge` is over 16 KiB (413), `unreadable` is cut off, is no object
 * or has absurdly many fields.
 */
export type Reading =
  | { readonly fields: Fields }
  | { readonly refusal: 'otherType' | 'tooLarge' | 'unreadable' };

const MOST_BYTES = 16 * 1024;
const MOST_FIELDS = 100;

/** Reads the fields of a request from where the carrier puts them, and from nowhere else. */
export function readFields(source: Source, ctx: Context): Promise<Reading> {
  if (source === 'POST form') return readForm(ctx);
  return source === 'POST json' ? readJson(ctx) : readQuery(ctx);
}

const FORM = 'application/x-www-form-urlencoded';
const JSON_TYPE = 'application/json';

/** Reads the body as an `application/x-www-form-urlencoded` form, and as nothing else. */
export function readForm(ctx: Context): Promise<Reading> {
  return readBody(ctx, FORM, parseForm);
}

function readJson(ctx: Context): Promise<Reading> {
  return readBody(ctx, JSON_TYPE, parseJson);
}

async function readQuery(ctx: Context): Promise<Reading> {
  // A GET has no body that means anything; left in the socket, one would hold up the next request.
  ctx.req.resume();
  const fields = parseForm(ctx.querystring);
  return fields ? { fields } : { refusal: 'unreadable' };
}

/** The fields of a form or a query; null where it has too many. */
function parseForm(text: string): Fields | null {
  // What is doubled becomes an array; nesting it does not know. By itself it would drop what is too many.
  const fields: Record<string, unknown> = parse(text, '&', '=', { maxKeys: 0 });
  let count = 0;
  for (const name in fields) {
    const value = fields[name];
    count += Array.isArray(value) ? value.length : 1;
    const nested = name.indexOf('[');
    if (nested === -1) continue;
    const plain = name.slice(0, nested);
    fields[plain] = [fields[plain], value];
    delete fields[name];
  }
  return count > MOST_FIELDS ? null : fields;
}

/** Never rejects for what was sent. */
async function readBody(
  ctx: Context,
  type: string,
  parsed: (text: string) => Fields | null,
): Promise<Reading> {
  if (!claimsToBe(ctx, type)) return { refusal: 'otherType' };
  try {
    const text = await readText(ctx.req);
    if (text === null) return { refusal: 'tooLarge' };
    const fields = parsed(text);
    return fields ? { fields } : { refusal: 'unreadable' };
  } catch {
    return { refusal: 'unreadable' };
  }
}

/**
 * A body as text, or null where it is too large: the rest is then read and dropped, for left in the
 * socket it would hold up the answer. Rejects where the sender breaks off.
 */
function readText(request: IncomingMessage): Promise<string | null> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= MOST_BYTES) chunks.push(chunk);
      else resolve(null);
    });
    request.on('end', () =>
      resolve(String(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks))),
    );
    request.on('error', reject);
  });
}

function claimsToBe(ctx: Context, type: string): boolean {
  const encoding = ctx.req.headers['content-encoding']?.trim().toLowerCase() ?? '';
  return (
    ctx.request.type.trim().toLowerCase() === type && (encoding === '' || encoding === 'identity')
  );
}

function parseJson(json: string): Fields {
  const parsed: unknown = JSON.parse(json);
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    throw new Error('not an object');
  }
  const doubled = Object.fromEntries(doubledNames(json).map((name) => [name, []]));
  return Object.assign(Object.create(null), parsed, doubled);
}

/** The names that an object has twice, from its text: of the values `JSON.parse` keeps the last. */
function doubledNames(json: string): string[] {
  const names: string[] = [];
  let depth = 0;
  for (const [token, colon] of json.matchAll(/"(?:[^"\\]|\\.)*"(\s*:)?|[{}[\]]/gs)) {
    if (token === '{' || token === '[') depth += 1;
    else if (token === '}' || token === ']') depth -= 1;
    else if (depth === 1 && colon) names.push(JSON.parse(token.slice(0, -colon.length)));
  }
  return names.filter((name, at) => names.indexOf(name) < at);
}
