/** Lets no more than so many pieces of work be under way. */
export type Window = {
  /** Does a piece of work when there is room; null where there is none within some milliseconds. */
  within<T>(ms: number, work: () => Promise<T>): Promise<T | null>;
};

export function createWindow(size: number): Window {
  const queue = new Set<(entered: boolean) => void>();
  let free = size;

  async function enter(ms: number): Promise<boolean> {
    if (free > 0) {
      free -= 1;
      return true;
    }
    return new Promise((resolve) => {
      const settle = (entered: boolean) => {
        clearTimeout(timer);
        queue.delete(settle);
        resolve(entered);
      };
      const timer = setTimeout(() => settle(false), ms);
      queue.add(settle);
    });
  }

  /** The place goes to who waits longest. */
  function leave(): void {
    const [next] = queue;
    if (next) next(true);
    else free += 1;
  }

  return {
    async within(ms, work) {
      if (!(await enter(ms))) return null;
      try {
        return await work();
      } finally {
        leave();
      }
    },
  };
}
