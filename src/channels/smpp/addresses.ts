/** An address on the wire: type of number and numbering plan are those of SMPP 3.4, 5.2.5 and 5.2.6. */
export type Address = { readonly ton: number; readonly npi: number; readonly address: string };

/**
 * Reads the sender of outgoing SMS: a short code, a number with its country code or a name of up to
 * 11 characters, and where the message centre wants other types than usual, those after it:
 * `22263/0/1`. Null where it is none of these.
 */
export function readSource(written: string): Address | null {
  const read = /^([\w .&+-]+?)(?:\/(\d)\/(\d{1,2}))?$/.exec(written);
  const address = read?.[1];
  const usual = address === undefined ? null : usualTypes(address);
  if (!read || address === undefined || usual === null) return null;
  const [, , ton, npi] = read;
  return ton && npi ? { address, ton: Number(ton), npi: Number(npi) } : { address, ...usual };
}

/** As most message centres take them: network specific, international, alphanumeric. */
function usualTypes(address: string): { ton: number; npi: number } | null {
  if (/^\d{3,8}$/.test(address)) return { ton: 3, npi: 0 };
  if (/^\d{9,15}$/.test(address)) return { ton: 1, npi: 1 };
  if (/[A-Za-z]/.test(address) && address.length <= 11) return { ton: 5, npi: 0 };
  return null;
}
