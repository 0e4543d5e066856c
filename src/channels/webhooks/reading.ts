import type { Context } from 'koa';
import bodyParser from 'koa-bodyparser';

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

const MOST_BYTES = '16kb';
const MOST_FIELDS = 100;

/** Reads the fields of a request from where the carrier puts them, and from nowhere else. */
export function readFields(source: Source, ctx: Context): Promise<Reading> {
  if (source === 'POST form') return readForm(ctx);
  return source === 'POST json' ? readJson(ctx) : readQuery(ctx);
}

const FORM = 'application/x-www-form-urlencoded';
const JSON_TYPE = 'application/json';

/** Reads a body as text: what the parser makes of forms loses which fields were doubled or nested. */
const readText = bodyParser({
  enableTypes: ['text'],
  extendTypes: { text: [FORM, JSON_TYPE] },
  textLimit: MOST_BYTES,
});

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
  const fields: Record<string, unknown> = Object.create(null);
  let count = 0;
  for (const [name, value] of new URLSearchParams(text)) {
    count += 1;
    const nested = name.indexOf('[');
    const plain = nested === -1 ? name : name.slice(0, nested);
    fields[plain] = plain in fields || plain !== name ? [fields[plain], value] : value;
  }
  return count > MOST_FIELDS ? null : fields;
}

/** Never rejects for what was sent. */
async function readBody(
  ctx: Context,
  type: string,
  parse: (text: string) => Fields | null,
): Promise<Reading> {
  if (!claimsToBe(ctx, type)) return { refusal: 'otherType' };
  try {
    await readText(ctx, async () => {});
    const fields = parse(String(ctx.request.body ?? ''));
    return fields ? { fields } : { refusal: 'unreadable' };
  } catch (error) {
    // The rest of the body is read and dropped: left in the socket, it would hold up the answer.
    ctx.req.resume();
    return { refusal: isTooLarge(error) ? 'tooLarge' : 'unreadable' };
  }
}

function claimsToBe(ctx: Context, type: string): boolean {
  const encoding = ctx.req.headers['content-encoding']?.trim().toLowerCase() ?? '';
  return (
    ctx.request.type.trim().toLowerCase() === type && (encoding === '' || encoding === 'identity')
  );
}

function isTooLarge(error: unknown): boolean {
  return error instanceof Error && 'status' in error && error.status === 413;
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
