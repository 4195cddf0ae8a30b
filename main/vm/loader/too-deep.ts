/**
 * What the work gives, or `undefined` when the code that it walks through is nested deeper than the host's stack. That is no
 * fault of the code: the engine may well be able to run it.
 */
export function unlessTooDeep<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
