import type { GuestFactory } from "../../vm/guest/bridge";

declare const globalThis: { readonly performance: { now(): number } };

const factory: GuestFactory = () => {
  // Captured: a script that replaces Date or performance later does not change the module.
  const { now } = Date;
  const { performance } = globalThis;
  const read = performance.now;
  const monotonic = (): number => read.call(performance);
  return {
    now: () => now(),
    monotonic,
    since(start: unknown): number {
      if (typeof start !== "number" || Number.isNaN(start)) {
        throw new TypeError("since needs a time that monotonic() gave.");
      }
      return monotonic() - start;
    },
  };
};
export default factory;
