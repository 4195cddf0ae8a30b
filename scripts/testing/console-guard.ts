import { afterEach, beforeEach, expect, vi, type MockInstance } from "vitest";

let spy: MockInstance<typeof console.error>;

// An unexpected console.error is a failure somebody swallowed: it fails the test. A test that expects one replaces
// the spy with its own.
beforeEach(() => {
  spy = vi.spyOn(console, "error");
});

afterEach(() => {
  const calls = spy.mock.calls;
  spy.mockRestore();
  expect(calls, "unexpected console.error").toEqual([]);
});
