/** A Kenyan mobile number in canonical form: `254`, then 1 or 7, then eight digits; no plus sign. */
export type Phone = string & { readonly Phone: unique symbol };

const CANONICAL = /^254[17]\d{8}$/;
const SEPARATORS = /[\s\u00a0().-]/g;

/**
 * Reads a number as people and carriers write it: 07…, 01…, 7…, 1…, 254…, +254…, with spaces or
 * dashes. A plus sign that a carrier sent unescaped arrives as a space and is accepted too.
 * Returns null for anything that is not a Kenyan mobile number.
 */
export function readPhone(written: string): Phone | null {
  const digits = written.replace(SEPARATORS, '').replace(/^\+/, '');
  const national = digits.replace(/^(?:254|0)/, '');
  const canonical = `254${national}`;
  return CANONICAL.test(canonical) ? (canonical as Phone) : null;
}

/** The form that carriers' interfaces take: `+2547…`. */
export function international(phone: Phone): string {
  return `+${phone}`;
}

/** The form for screens, SMS and logs: enough to recognise one's own number, `0712***678`. */
export function maskPhone(phone: Phone): string {
  return `0${phone.slice(3, 6)}***${phone.slice(-3)}`;
}
