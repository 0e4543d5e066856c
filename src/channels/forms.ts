import type { Context } from 'koa';
import bodyParser from 'koa-bodyparser';

/** The fields of a form. Only a field sent once, under its plain name, is a string. */
export type Form = Readonly<Record<string, unknown>>;

/**
 * A form as it was read, or why it was not: `notAForm` is another content type or a compressed body
 * (HTTP 415), `tooLarge` is over 16 KiB (413), `unreadable` is cut off or has absurdly many fields.
 */
export type FormReading =
  | { readonly form: Form }
  | { readonly refusal: 'notAForm' | 'tooLarge' | 'unreadable' };

const parserOptions = {
  enableTypes: ['form'],
  formLimit: '16kb',
  queryString: {
    // `text.x=1` is another field than `text`.
    allowDots: false,
    // Without prototypes there are no names to leave out: `text[toString]=1` would otherwise vanish
    // and pass for a form without `text`.
    plainObjects: true,
    // More fields than this are an error; otherwise the rest would be cut off without a word.
    parameterLimit: 100,
    throwOnLimitExceeded: true,
  },
};

const parseBody = bodyParser(parserOptions);

/**
 * Reads the body as an `application/x-www-form-urlencoded` form, and as nothing else. A field that is
 * doubled (`a=1&a=2`) or nested (`a[b]=1`) comes out as an array or an object, so that a schema that
 * expects a string finds fault with that field alone. Never rejects for what was sent.
 */
export async function readForm(ctx: Context): Promise<FormReading> {
  if (!claimsToBeForm(ctx)) return { refusal: 'notAForm' };
  try {
    await parseBody(ctx, async () => {});
    return { form: (ctx.request.body ?? {}) as Form };
  } catch (error) {
    // The rest of the body is read and dropped: left in the socket, it would hold up the answer.
    ctx.req.resume();
    return { refusal: isTooLarge(error) ? 'tooLarge' : 'unreadable' };
  }
}

function claimsToBeForm(ctx: Context): boolean {
  const type = ctx.request.type.trim().toLowerCase();
  const encoding = ctx.get('Content-Encoding').trim().toLowerCase();
  return type === 'application/x-www-form-urlencoded' && ['', 'identity'].includes(encoding);
}

function isTooLarge(error: unknown): boolean {
  return error instanceof Error && 'status' in error && error.status === 413;
}
