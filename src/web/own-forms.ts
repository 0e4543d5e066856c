import { timingSafeEqual } from 'node:crypto';
import type { Context } from 'koa';
import { type Fields, readForm } from '../channels/webhooks/reading.js';
import type { WebDeps } from './deps.js';
import type { Session } from './sessions.js';
import type { WebMiddleware } from './visit.js';

/** A form that one of our pages sent. */
export type OwnForm = {
  has(name: string): boolean;
  /** What was entered, as it was; empty where the field is missing. */
  text(name: string): string;
};

const statusOf = { otherType: 415, tooLarge: 413, unreadable: 400 } as const;

/**
 * Lets forms in that come from our own pages, and leaves them in the state; throws 403, 413, 415 or
 * 400 at others. Browsers say where a form comes from, in `Sec-Fetch-Site` or, older ones, in
 * `Origin`. Where one says neither, a form that would act for a session must bring the session's
 * token; one without a session has no power to borrow.
 *
 * A form that was opened by one person and is sent in the session of another, on a computer that they share,
 * is refused as well: it would put the one's details into the other's profile.
 */
export function takeOwnForm(deps: Pick<WebDeps, 'seal' | 'publicUrl'>): WebMiddleware {
  const publicOrigin = new URL(deps.publicUrl).origin;
  return async (ctx, next) => {
    const origin = tellOrigin(ctx, publicOrigin);
    if (origin === 'foreign') ctx.throw(403);

    const reading = await readForm(ctx);
    if ('refusal' in reading) return ctx.throw(statusOf[reading.refusal]);
    const form = ownForm(ctx, reading.fields);

    const { session } = ctx.state.visit;
    if (origin === 'unknown' && session) {
      const expected = Buffer.from(formToken(deps.seal, session));
      const brought = Buffer.from(form.text('csrf'));
      const same = brought.length === expected.length && timingSafeEqual(brought, expected);
      if (!same) ctx.throw(403);
    }
    const owner = form.text('owner');
    if (session && owner && owner !== ownerMark(deps.seal, session)) ctx.throw(403);
    ctx.state.form = form;
    await next();
  };
}

/** The token in a session's forms, which no other site can know. */
export function formToken(seal: WebDeps['seal'], session: Session): string {
  return seal.digest('csrf', session.tokenDigest.toString('hex')).toString('base64url');
}

/** Says in a form whose it is, without saying who; it stays the same from login to login. */
export function ownerMark(seal: WebDeps['seal'], { accountId }: Session): string {
  return seal.digest('owner', accountId).toString('base64url').slice(0, 22);
}

function tellOrigin(ctx: Context, publicOrigin: string): 'own' | 'foreign' | 'unknown' {
  const site = ctx.get('Sec-Fetch-Site');
  if (site) return site === 'same-origin' || site === 'none' ? 'own' : 'foreign';
  const origin = ctx.get('Origin');
  if (!origin) return 'unknown';
  const own =
    origin === publicOrigin || (URL.canParse(origin) && new URL(origin).host === ctx.host);
  return own ? 'own' : 'foreign';
}

/** A field that was sent twice, or in parts, makes the form one that no page of ours has sent. */
function ownForm(ctx: Context, sent: Fields): OwnForm {
  const fields = new Map<string, string>();
  for (const [name, value] of Object.entries(sent)) {
    if (typeof value !== 'string') ctx.throw(400);
    fields.set(name, value);
  }
  return {
    has: (name) => fields.has(name),
    text: (name) => fields.get(name) ?? '',
  };
}
