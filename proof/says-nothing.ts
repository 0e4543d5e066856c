/** Whether a text was filled in with something that is not there. */
export function saysNothing(text: string): boolean {
  return /\bundefined\b|\bnull\b|\bNaN\b|\[object/.test(text);
}
