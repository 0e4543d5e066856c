/**
 * How the message centre writes its ids in its answers to `submit_sm` and in its receipts. Some
 * write the one in hexadecimal and the other in decimal, which nobody can see by the digits alone.
 */
export const idForms = ['same', 'hex-decimal', 'decimal-hex'] as const;
export type IdForms = (typeof idForms)[number];

/** What a receipt says about which SMS it is: in its text, and in its optional parameter. */
export type ReceiptedIds = { readonly inText: string | null; readonly optional: string | null };

/** The id in an answer to `submit_sm`, as it is kept. */
export function answeredId(forms: IdForms, written: string): string {
  return forms === 'same' ? plain(written) : decimal(written, forms === 'hex-decimal');
}

/**
 * The id that a receipt is about, as it is kept; null where there is none. The optional parameter
 * repeats the answer, so it is the better one; but where the two forms differ it may be in either.
 */
export function receiptedId(forms: IdForms, { inText, optional }: ReceiptedIds): string | null {
  const byOptional = optional === null ? null : answeredId(forms, optional);
  if (inText === null) return byOptional;
  if (forms === 'same') return byOptional ?? plain(inText);
  return decimal(inText, forms === 'decimal-hex');
}

/** Zeros in front and letter case differ between the two in some message centres, and never mean anything. */
function plain(written: string): string {
  return written
    .trim()
    .toLowerCase()
    .replace(/^0+(?=.)/, '');
}

function decimal(written: string, fromHex: boolean): string {
  const digits = plain(written);
  if (!fromHex || !/^[0-9a-f]+$/.test(digits)) return digits;
  return BigInt(`0x${digits}`).toString();
}
