/** How fast this process may hand SMS to a carrier. */
export type Pace = {
  /** Takes leave to send as many at once as may go now, at most so many. */
  take(most: number): number;
  /** Gives leave back that was not used. */
  giveBack(count: number): void;
  /** Milliseconds until {@link take} gives at least one. */
  waitMs(): number;
  /** The carrier wants less: nothing goes for a second, and each time twice as long, up to a minute. */
  slowDown(): void;
  /** The carrier takes SMS again: the next time it wants less begins with a second. */
  goOn(): void;
};

const SHORTEST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;
/** After a quiet time, what goes in a tenth of a second may go at once. */
const BURST_MS = 100;
/** What one SMS takes from the bucket, into which `perSecond` flows each millisecond: whole numbers, without rounding. */
const ONE = 1_000;

/** A token bucket of one process, by a clock from outside. */
export function createPace({ perSecond, now }: { perSecond: number; now: () => Date }): Pace {
  const full = Math.max(ONE, perSecond * BURST_MS);
  let level = full;
  let filledAt = now().getTime();
  let pauseMs = 0;
  let pausedUntil = Number.NEGATIVE_INFINITY;

  function fill(): number {
    const at = now().getTime();
    level = Math.min(full, level + Math.max(0, at - filledAt) * perSecond);
    filledAt = at;
    return at;
  }

  return {
    take(most) {
      if (fill() < pausedUntil) return 0;
      const taken = Math.min(most, Math.floor(level / ONE));
      level -= taken * ONE;
      return taken;
    },
    giveBack(count) {
      level = Math.min(full, level + count * ONE);
    },
    waitMs() {
      const at = fill();
      return at < pausedUntil
        ? pausedUntil - at
        : Math.max(0, Math.ceil((ONE - level) / perSecond));
    },
    slowDown() {
      const at = now().getTime();
      // All that were under way together are told the same: that is once.
      if (at < pausedUntil) return;
      pauseMs = Math.min(Math.max(SHORTEST_PAUSE_MS, pauseMs * 2), LONGEST_PAUSE_MS);
      pausedUntil = at + pauseMs;
    },
    goOn() {
      if (now().getTime() >= pausedUntil) pauseMs = 0;
    },
  };
}
