import { type Group, groups } from '../profile/detail.js';
import { seeOther } from './see-other.js';
import type { WebContext } from './visit.js';

/** A form that somebody may have sent after being logged out, by the name in `/login?unsaved=bank`. */
export type UnsavedForm = Group | 'language' | 'password' | 'erase';

const others = { language: '/profile', password: '/password', erase: '/profile/data/erase' };

/**
 * Leads a form that came too late for its session to the login. What was typed is let go: it may hold
 * an ID or an account number, and whoever sits there now has not shown to be its owner.
 */
export function logInFirst(ctx: WebContext, form: UnsavedForm): void {
  seeOther(ctx, `/login?unsaved=${form}`);
}

/** The form that a query or a field names; anything else names none, so that nobody is led elsewhere. */
export function unsavedForm(name: unknown): UnsavedForm | null {
  if (typeof name !== 'string') return null;
  return Object.hasOwn(groups, name) || Object.hasOwn(others, name) ? (name as UnsavedForm) : null;
}

/** Where a login leads: back to the form that it interrupted, or to the profile. */
export function pathAfterLogin(form: UnsavedForm | null): string {
  if (form === null) return '/profile';
  return Object.hasOwn(groups, form) ? `/profile/${form}` : others[form as keyof typeof others];
}
