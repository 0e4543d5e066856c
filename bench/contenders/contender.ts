import type { Split } from '../load/job.js';

/** A server that plays the journey. */
export type Contender = {
  readonly name: string;
  /** What it does less than the gateway, or as its README has it; empty for the gateway itself. */
  readonly less: string;
  start(options: StartContender): Promise<Running>;
};

export type StartContender = {
  /** The core for its processes; null: anywhere. */
  readonly core: number | null;
  /** The core for a store that is started with it; null: anywhere. */
  readonly storeCore: number | null;
};

export const anywhere: StartContender = { core: null, storeCore: null };

/** Where a contender keeps what it knows, for the CPU time that it takes. */
export type Store =
  | { readonly kind: 'postgresql'; readonly url: string }
  | { readonly kind: 'process'; readonly pid: number };

export type Running = {
  readonly pids: readonly number[];
  readonly ports: readonly number[];
  readonly split?: Split;
  readonly path: string;
  /** Null where it keeps everything within itself. */
  readonly store: Store | null;
  stop(): Promise<void>;
};
