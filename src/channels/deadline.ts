/**
 * What the work gives, or a rejection when it takes too long. The work is not undone. A failure of it
 * that comes after the limit goes to `onLateFailure`.
 */
export function within<T>(
  limitMs: number,
  work: Promise<T>,
  onLateFailure: (error: unknown) => void,
): Promise<T> {
  return new Promise((resolve, reject) => {
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      reject(new Error(`It took longer than ${limitMs} ms`));
    }, limitMs);
    work.then(
      (value) => {
        clearTimeout(timer);
        resolve(value);
      },
      (error) => {
        clearTimeout(timer);
        if (late) onLateFailure(error);
        else reject(error);
      },
    );
  });
}
