/**
 * On a short code that several services share, every message begins with the keyword that was allotted
 * to one of them, in any letter case and, as people type, with or without a space after it.
 *
 * @returns the text without the keyword; as it is where it does not begin with it.
 */
export function withoutKeyword(keyword: string, text: string): string {
  const begun = text.trimStart();
  if (begun.slice(0, keyword.length).toUpperCase() !== keyword.toUpperCase()) return text;
  return begun.slice(keyword.length).replace(/^[\s:.,]+/, '');
}
