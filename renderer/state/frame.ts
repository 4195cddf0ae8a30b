/** Runs a callback before the next paint. */
export type Schedule = (callback: () => void) => void;

// A hidden window paints no frames: without the timer, events would pile up until it is shown again.
const HIDDEN_WINDOW_MS = 100;

export const nextFrame: Schedule = (callback) => {
  let isDone = false;
  const once = () => {
    if (isDone) return;
    isDone = true;
    callback();
  };
  requestAnimationFrame(once);
  setTimeout(once, HIDDEN_WINDOW_MS);
};

/** Collects items and hands them over together, once per frame, in order. */
export function createFrameBatcher<T>(
  apply: (items: readonly T[]) => void,
  schedule: Schedule = nextFrame,
): (item: T) => void {
  let waiting: T[] = [];
  return (item) => {
    waiting.push(item);
    if (waiting.length > 1) return;
    schedule(() => {
      const items = waiting;
      waiting = [];
      apply(items);
    });
  };
}
