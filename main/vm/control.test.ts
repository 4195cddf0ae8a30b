import { beforeEach, describe, expect, test } from "vitest";
import { ExecutionControl } from "./control";

// Wide enough for a pause of this thread between two lines.
const LIMIT = 200;

let control: ExecutionControl;
/** Milliseconds that the thread has waited for a processor. */
let waited: number;

beforeEach(() => {
  waited = 0;
  control = new ExecutionControl(undefined, () => waited);
  control.begin();
});

/** As an engine that is busy does: asks now and then. */
function computeFor(ms: number): void {
  const end = control.computedMs() + ms;
  while (control.computedMs() < end) control.hasComputedLongerThan(LIMIT);
}

describe("the time computing", () => {
  test("is over when the limit has passed in the engine", () => {
    control.enter();
    computeFor(LIMIT / 2);
    expect(control.computedMs()).toBeGreaterThanOrEqual(LIMIT / 2);
    while (!control.hasComputedLongerThan(LIMIT));
    control.leave();
    expect(control.computedMs()).toBeGreaterThan(LIMIT);
  });

  test("does not count the time in which others had the processor", () => {
    control.enter();
    computeFor(LIMIT / 2);
    waited += LIMIT / 2;
    while (control.computedMs() <= LIMIT);
    expect(control.hasComputedLongerThan(LIMIT)).toBe(false);
    computeFor(LIMIT / 2);
    expect(control.hasComputedLongerThan(LIMIT)).toBe(true);
    waited += 1;
    const before = control.computedMs();
    control.leave();
    expect(control.computedMs()).toBeGreaterThan(before - 1);
    expect(control.computedMs()).toBeGreaterThan(LIMIT - 1);
  });

  test("loses nothing for waiting outside the engine", () => {
    control.enter();
    computeFor(LIMIT / 2);
    control.leave();
    const before = control.computedMs();
    waited += 1e6;
    control.enter();
    control.leave();
    expect(control.computedMs()).toBeGreaterThanOrEqual(before);
  });
});
