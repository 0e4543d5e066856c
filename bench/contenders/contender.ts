/** A server that plays the journey. */
export type Contender = {
  readonly name: string;
  start(options: StartContender): Promise<Running>;
};

export type StartContender = {
  /** The core for each of its processes; null: anywhere. */
  readonly core: number | null;
};

export type Running = {
  readonly pids: readonly number[];
  readonly ports: readonly number[];
  readonly path: string;
  /** The database that it keeps everything in, for its CPU time; null where there is none. */
  readonly databaseUrl: string | null;
  stop(): Promise<void>;
};
