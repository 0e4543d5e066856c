import { type Phone, readPhone } from '../phone-number.js';
import type { OwnForm } from './own-forms.js';
import type { Words } from './words/words.js';

/** The number in the field `phone`, or what to say at the field. */
export function readPhoneField(
  form: OwnForm,
  words: Words,
): { phone: Phone; fault: null } | { phone: null; fault: string } {
  const written = form.text('phone');
  const phone = readPhone(written);
  if (phone) return { phone, fault: null };
  const { phoneMissing, phoneUnreadable } = words.faults;
  return { phone: null, fault: written.trim() ? phoneUnreadable : phoneMissing };
}
