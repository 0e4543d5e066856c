/** One call as it is played over and over: what is dialled and answered, and what has to be shown. */
export type Call = readonly Turn[];

export type Turn = {
  /** All that was typed so far, as Africa's Talking repeats it: `2*0*3`. */
  readonly text: string;
  /** The whole body of the answer, to the letter; null where it quotes the caller's number. */
  readonly answer: string | null;
};

/** Where the phone numbers of the callers come from: each of `count` from `first` on, far apart one after the other. */
export type Numbers = { readonly first: number; readonly count: number };

/** What the generator is asked to do. */
export type Job = {
  /** The ports of one or more processes on 127.0.0.1. */
  readonly ports: readonly number[];
  /** What goes to the next of several processes: each request, or each call with all of its requests. */
  readonly split: Split;
  readonly path: string;
  readonly call: Call;
  readonly numbers: Numbers;
  readonly pace: Pace;
  /** At least; longer where few turns come. */
  readonly warmUpSeconds: number;
  readonly seconds: number;
};

export type Split = 'requests' | 'calls';

export type Pace =
  /** So many callers, each of whom answers as soon as a screen is there. */
  | { readonly kind: 'closed'; readonly connections: number }
  /** So many turns a second, whether or not the earlier ones have been answered. */
  | { readonly kind: 'open'; readonly rate: number };

/** What the generator saw while it measured. Latencies are in milliseconds. */
export type Outcome = {
  /** The right answers. */
  readonly turns: number;
  readonly seconds: number;
  readonly p50: number;
  readonly p99: number;
  readonly worst: number;
  /** Answers that were not the expected one, or did not come. */
  readonly wrong: number;
  readonly example: string | null;
};

/** What passes between the generator and who started it. */
export type FromGenerator =
  | { readonly says: 'ready' }
  | { readonly says: 'begin' }
  | { readonly says: 'end' }
  /** After the answers that were still due at the end. */
  | { readonly says: 'outcome'; readonly outcome: Outcome };
