import { z } from 'zod';

/** What stands between the parts of a name, as phones and word processors write it. */
function plainName(written: string): string {
  return written
    .normalize('NFC')
    .replace(/[\u2018\u2019\u02bc`´]/g, "'")
    .replace(/[\u2010-\u2015]/g, '-')
    .replace(/\s+/g, ' ')
    .trim();
}

const fullName = z
  .string()
  .transform(plainName)
  .pipe(
    z
      .string()
      .max(60)
      .regex(/^\p{L}[\p{L}\p{M}'. -]*\p{L}\.?$/u),
  );

/**
 * The details of a profile: each one's rule, which reads an answer as a person gives it into the
 * value that is kept. Pure, so that the dialogues and the web form share it.
 */
export const details = { fullName } as const satisfies Record<string, z.ZodType<string>>;

export type Detail = keyof typeof details;

/** Reads an answer by the detail's rule; null where it breaks it. */
export function readDetail(detail: Detail, written: string): string | null {
  const read = details[detail].safeParse(written);
  return read.success ? read.data : null;
}
