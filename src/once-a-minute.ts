const MINUTE_MS = 60_000;
/** Of different things; then all are told anew. */
const MOST = 1_000;

/**
 * Says of a thing whether it may be told again: how often it was not since it was told last, or null where that is less
 * than a minute ago.
 */
export function onceAMinute(now: () => Date): (what: string) => number | null {
  const told = new Map<string, { readonly at: number; untold: number }>();
  return (what) => {
    const at = now().getTime();
    const last = told.get(what);
    if (last && at - last.at < MINUTE_MS) {
      last.untold += 1;
      return null;
    }
    if (told.size >= MOST) told.clear();
    told.set(what, { at, untold: 0 });
    return last?.untold ?? 0;
  };
}
