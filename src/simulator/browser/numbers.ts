/** Reads a Kenyan mobile number as people write it, to `254…`; null for anything else. */
export function readNumber(written: string): string | null {
  const match = /^(?:254|0)?([17]\d{8})$/.exec(written.replace(/[^\d]/g, ''));
  return match?.[1] ? `254${match[1]}` : null;
}

/** `254712345678` as people in Kenya write it: `0712 345 678`. */
export function writeNumber(phone: string): string {
  return phone.replace(/^254(\d{3})(\d{3})(\d{3})$/, '0$1 $2 $3');
}
