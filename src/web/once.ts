import type { WebDeps } from './deps.js';
import type { OwnForm } from './own-forms.js';

const NONCE_BYTES = 16;
const NONCE = /^[A-Za-z0-9_-]{22}$/;

/** A nonce for a form that must take effect once, however often it is sent. */
export function newOnce({ randomBytes }: Pick<WebDeps, 'randomBytes'>): string {
  return randomBytes(NONCE_BYTES).toString('base64url');
}

/** The nonce of a form; one that did not come from a page of ours is a form by itself. */
export function onceOf(form: OwnForm, deps: Pick<WebDeps, 'randomBytes'>): string {
  const once = form.text('once');
  return NONCE.test(once) ? once : newOnce(deps);
}
