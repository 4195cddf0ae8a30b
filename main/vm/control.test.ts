import { expect, test } from "vitest";
import { ExecutionControl } from "./control";

/** Both ends of one control, as supervisor and runtime have them. */
function ends(): { supervisor: ExecutionControl; runtime: ExecutionControl } {
  const supervisor = new ExecutionControl();
  return { supervisor, runtime: new ExecutionControl(supervisor.buffer) };
}

test("a run begins when it was permitted, and not when it was withdrawn", () => {
  const { supervisor, runtime } = ends();
  const first = supervisor.announce();
  supervisor.permit(first);
  expect(runtime.mayRun(first)).toBe(true);
  const second = supervisor.announce();
  supervisor.withdraw(second);
  expect(runtime.mayRun(second)).toBe(false);
});

test("a withdrawn run stays withdrawn when a later one is permitted before the runtime has looked", () => {
  const { supervisor, runtime } = ends();
  const first = supervisor.announce();
  supervisor.withdraw(first);
  const second = supervisor.announce();
  supervisor.permit(second);
  expect(runtime.mayRun(first)).toBe(false);
  expect(runtime.mayRun(second)).toBe(true);
});

test("a stop that arrives between the announcement and the run is not forgotten", () => {
  const { supervisor, runtime } = ends();
  supervisor.requestStop();
  const run = supervisor.announce();
  expect(runtime.stopRequested).toBe(false);
  supervisor.requestStop();
  supervisor.permit(run);
  expect(runtime.mayRun(run)).toBe(true);
  expect(runtime.stopRequested).toBe(true);
});
