/** Work that is done again and again. */
export type Rounds = {
  /** Begins no more, and settles when the round under way is through. */
  stop(): Promise<void>;
};

/** Does a piece of work every so often, one round at a time; does not keep the process alive. */
export function startRounds(options: {
  readonly everyMs: number;
  readonly work: () => Promise<void>;
  readonly onError: (error: unknown) => void;
}): Rounds {
  const { everyMs, work, onError } = options;
  let round: Promise<void> | null = null;
  const timer = setInterval(() => {
    round ??= work()
      .catch(onError)
      .finally(() => {
        round = null;
      });
  }, everyMs);
  timer.unref();
  return {
    async stop() {
      clearInterval(timer);
      await round;
    },
  };
}
