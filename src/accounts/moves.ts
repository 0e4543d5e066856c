import type { Phone } from '../phone-number.js';

/** An old number is sealed for the number that has named it. */
export function oldPhoneContext(phone: Phone): string {
  return `number_moves.old_phone:${phone}`;
}
