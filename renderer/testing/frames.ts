import type { Schedule } from "../state/frame";

/** Frames that a test paints itself. */
export interface Frames {
  /** Stands in for the browser's frames. */
  readonly schedule: Schedule;
  /** How many callbacks wait for the next frame. */
  waiting(): number;
  /** Paints: runs what waits. */
  paint(): void;
}

export function createFrames(): Frames {
  const callbacks: (() => void)[] = [];
  return {
    schedule: (callback) => callbacks.push(callback),
    waiting: () => callbacks.length,
    paint() {
      for (const callback of callbacks.splice(0)) callback();
    },
  };
}
