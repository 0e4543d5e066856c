import type { Outcome } from './job.js';

/** Gathers what is answered between `begin` and `end`; a wrong answer counts afterwards too. */
export type Measure = {
  /** `since` is the instant, on the clock of `performance.now`, that the request was due. */
  answered(since: number, expected: string | null, body: string | null): void;
  /** How many answers have come so far, since before the beginning. */
  heard(): number;
  begin(): void;
  end(): void;
  outcome(): Outcome;
};

export function createMeasure(): Measure {
  const latencies: number[] = [];
  let heard = 0;
  let wrong = 0;
  let example: string | null = null;
  let began = Number.POSITIVE_INFINITY;
  let ended = Number.POSITIVE_INFINITY;

  return {
    answered(since, expected, body) {
      heard += 1;
      const now = performance.now();
      if (now < began) return;
      if (body === null || (expected !== null && body !== expected)) {
        wrong += 1;
        example ??=
          body === null
            ? 'no answer'
            : `expected ${JSON.stringify(expected)}, got ${JSON.stringify(body)}`;
      } else if (now < ended) {
        latencies.push(now - since);
      }
    },
    heard: () => heard,
    begin() {
      began = performance.now();
    },
    end() {
      ended = performance.now();
    },
    outcome() {
      const sorted = Float64Array.from(latencies).sort();
      const at = (share: number) => sorted[Math.floor((sorted.length - 1) * share)] ?? Number.NaN;
      return {
        turns: sorted.length,
        seconds: (ended - began) / 1000,
        p50: at(0.5),
        p99: at(0.99),
        worst: at(1),
        wrong,
        example,
      };
    },
  };
}
