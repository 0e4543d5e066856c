import { type DetailName, detailNames, detailOf } from './details.js';

/** One part of an SMS with details: the detail that was recognised, and what follows its name. */
export type TextedPart = { readonly detail: DetailName | null; readonly said: string };

/**
 * Reads `KRA A012345678Z, id 12345678`: parts between commas, semicolons or lines, each the name of a
 * detail in any language and its value, with or without spaces, in any letter case. The longest
 * name that fits counts, so that `KINPHONE` is not `KIN`. Letters may be glued to a name in the first part only, or `Kinuthia` would
 * be the kin of somebody. A part without a name belongs to the
 * value before it (`SCHOOL Moi Girls, Eldoret`), where that is free text.
 */
export function readTexted(text: string): readonly TextedPart[] {
  const parts: { detail: DetailName | null; said: string }[] = [];
  for (const written of text.split(/[,;\n]/)) {
    if (written.trim() === '') continue;
    const part = readPart(written, parts.length === 0);
    const before = parts.at(-1);
    if (part.detail === null && before?.detail && !detailOf(before.detail).list) {
      before.said += `, ${written.trim()}`;
    } else {
      parts.push(part);
    }
  }
  return parts;
}

const keywords = detailNames
  .flatMap((detail) => {
    const { sms } = detailOf(detail);
    return Object.values(sms)
      .flat()
      .map((keyword) => ({ detail, keyword, pattern: spaced(keyword) }));
  })
  .sort((one, other) => other.keyword.length - one.keyword.length);

/** The keyword with any spaces and dashes between its letters, and what separates it from its value. */
function spaced(keyword: string): RegExp {
  return new RegExp(`^\\s*${[...keyword].join('[\\s-]*')}([\\s:=.-]*)(.*)$`, 'isu');
}

function readPart(written: string, mayGlue: boolean): { detail: DetailName | null; said: string } {
  for (const { detail, pattern } of keywords) {
    const [, between = '', said] = pattern.exec(written) ?? [];
    if (said === undefined) continue;
    if (between !== '' || said === '' || mayGlue || /\d/.test(said)) {
      return { detail, said: said.trim() };
    }
  }
  return { detail: null, said: written.trim() };
}
