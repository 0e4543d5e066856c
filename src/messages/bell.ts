/** Wakes a loop that sleeps. */
export type Bell = {
  /** Ends the wait, or the next one where nobody waits at present. */
  ring(): void;
  /** Waits for the bell, at most some milliseconds; does not keep the process from ending. */
  wait(ms: number): Promise<void>;
};

export function createBell(): Bell {
  let rung = false;
  let wakeUp: (() => void) | undefined;
  return {
    ring() {
      rung = true;
      wakeUp?.();
    },
    async wait(ms) {
      if (!rung) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, ms).unref();
          wakeUp = () => {
            clearTimeout(timer);
            resolve();
          };
        });
        wakeUp = undefined;
      }
      rung = false;
    },
  };
}
