import type { Group } from '../profile/detail.js';
import { type DetailName, detailOf, detailsIn } from '../profile/details.js';
import type { Values } from '../profile/profile.js';
import type { Seal } from '../seal.js';
import { askedAs } from './choices.js';
import type { OwnForm } from './own-forms.js';

/**
 * What each detail of a group is while its form is open, as hidden fields bring it back: empty where there is
 * nothing, a mark where the page does not show the value. So an old form tells what its sender has seen.
 */
export type Was = Readonly<Partial<Record<DetailName, string>>>;

/** The field in which a form brings back what a detail was. */
export const wasField = (detail: DetailName) => `${detail}Was`;

export function wasOf(
  seal: Pick<Seal, 'digest'>,
  about: { accountId: string; group: Group; values: Values; shown: Values },
): Was {
  const { accountId, group, values, shown } = about;
  const texts = detailsIn(group).map((detail): [DetailName, string] => {
    const value = values[detail];
    if (value === undefined) return [detail, ''];
    if (detailOf(detail).mask === 'none') {
      return [detail, (askedAs(detail) === 'chosen' ? value : shown[detail]) ?? ''];
    }
    // Of this account alone, or equal marks would tell of equal numbers.
    const mark = seal.digest('was', JSON.stringify([accountId, detail, value]));
    return [detail, mark.toString('base64url').slice(0, 22)];
  });
  return Object.fromEntries(texts);
}

/** Whether a detail has been changed since the form was opened; a form that does not say is of no age. */
export function isStale(detail: DetailName, form: OwnForm, was: Was): boolean {
  return form.has(wasField(detail)) && form.text(wasField(detail)) !== was[detail];
}
