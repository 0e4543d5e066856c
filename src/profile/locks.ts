import { type DetailName, detailNames, detailOf } from './details.js';
import type { Values } from './profile.js';

/**
 * Whether a detail is changed only by somebody who knows the ID on record: a payout detail that is set
 * already, and the ID itself once there is one, or it would be changed first.
 */
export function isLocked(detail: DetailName, values: Values): boolean {
  if (values[detail] === undefined || values.nationalId === undefined) return false;
  if (detail === 'nationalId') {
    return detailNames.some((name) => detailOf(name).payout && values[name] !== undefined);
  }
  return detailOf(detail).payout ?? false;
}
