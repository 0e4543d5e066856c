/** A clock that a test turns. */
export type Clock = {
  /** Never the same instant twice, for what happens later is later. */
  readonly now: () => Date;
  pass(time: {
    readonly days?: number;
    readonly hours?: number;
    readonly minutes?: number;
    readonly seconds?: number;
  }): void;
};

export function createClock(start: string): Clock {
  let time = Date.parse(start);
  return {
    now() {
      time += 1;
      return new Date(time);
    },
    pass({ days = 0, hours = 0, minutes = 0, seconds = 0 }) {
      time += (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1_000;
    },
  };
}
