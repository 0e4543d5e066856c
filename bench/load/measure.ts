import type { Outcome } from './job.js';

/** Gathers what is answered between `begin` and `end`. */
export type Measure = {
  /** `since` is the instant, on the clock of `performance.now`, that the request was due. */
  answered(since: number, expected: string | null, body: string | null): void;
  begin(): void;
  end(): Outcome;
};

export function createMeasure(): Measure {
  let latencies: number[] = [];
  let wrong = 0;
  let example: string | null = null;
  let measuring = false;
  let began = 0;

  return {
    answered(since, expected, body) {
      if (!measuring) return;
      if (body !== null && (expected === null || body === expected)) {
        latencies.push(performance.now() - since);
        return;
      }
      wrong += 1;
      example ??= `expected ${JSON.stringify(expected)}, got ${JSON.stringify(body)}`;
    },
    begin() {
      latencies = [];
      wrong = 0;
      example = null;
      began = performance.now();
      measuring = true;
    },
    end() {
      measuring = false;
      const seconds = (performance.now() - began) / 1000;
      const sorted = Float64Array.from(latencies).sort();
      const at = (share: number) => sorted[Math.floor((sorted.length - 1) * share)] ?? Number.NaN;
      return {
        turns: sorted.length,
        seconds,
        p50: at(0.5),
        p99: at(0.99),
        worst: at(1),
        wrong,
        example,
      };
    },
  };
}
