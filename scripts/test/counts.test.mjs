import { describe, expect, it } from "vitest";
import { closingLine, countCheck, countPlaywright, countVitest, requireToRun, sum } from "./counts.mjs";

describe("counting a check", () => {
  it("is one passed or one failed", () => {
    expect(countCheck(0)).toEqual({ passed: 1, failed: 0, skipped: 0 });
    expect(countCheck(2)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });

  it("fails when a signal ended it", () => {
    expect(countCheck(null)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });
});

describe("counting Vitest's report", () => {
  const report = {
    numPassedTests: 7,
    numFailedTests: 0,
    numPendingTests: 2,
    numTodoTests: 1,
    testResults: [],
  };

  it("takes skipped and to-do tests together", () => {
    expect(countVitest(report, 0)).toEqual({ passed: 7, failed: 0, skipped: 3 });
  });

  it("counts a file that could not be loaded as a failure", () => {
    const testResults = [
      { status: "failed", assertionResults: [] },
      { status: "passed", assertionResults: [{ status: "passed" }] },
    ];
    expect(countVitest({ ...report, testResults }, 1).failed).toBe(1);
  });

  it("does not count a file with a failed test twice", () => {
    const testResults = [{ status: "failed", assertionResults: [{ status: "failed" }] }];
    expect(countVitest({ ...report, numFailedTests: 1, testResults }, 1).failed).toBe(1);
  });

  it("fails when the runner ended badly though every test passed", () => {
    expect(countVitest(report, 1).failed).toBe(1);
  });

  it("fails when there is no report", () => {
    expect(countVitest(undefined, 1)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });
});

describe("counting Playwright's report", () => {
  it("counts a test that passed at the second attempt as passed", () => {
    const stats = { expected: 3, unexpected: 1, flaky: 1, skipped: 2 };
    expect(countPlaywright({ stats, errors: [] }, 1)).toEqual({ passed: 4, failed: 1, skipped: 2 });
  });

  it("counts errors outside tests", () => {
    const stats = { expected: 0, unexpected: 0, flaky: 0, skipped: 0 };
    expect(countPlaywright({ stats, errors: [{ message: "no tests found" }] }, 1).failed).toBe(1);
  });
});

describe("a suite that was skipped as a whole", () => {
  const skipped = { passed: 0, failed: 0, skipped: 12 };

  it("has failed on a build machine", () => {
    expect(requireToRun(skipped, { isCi: true })).toEqual({ passed: 0, failed: 12, skipped: 0 });
    expect(requireToRun({ passed: 0, failed: 0, skipped: 0 }, { isCi: true }).failed).toBe(1);
  });

  it("is only skipped elsewhere", () => {
    expect(requireToRun(skipped, { isCi: false })).toEqual(skipped);
  });

  it("is another thing than a suite with some skipped tests", () => {
    const some = { passed: 1, failed: 0, skipped: 3 };
    expect(requireToRun(some, { isCi: true })).toEqual(some);
  });
});

describe("the closing line", () => {
  it("sums over all runners", () => {
    const total = sum([
      { passed: 1, failed: 0, skipped: 0 },
      { passed: 40, failed: 2, skipped: 3 },
    ]);
    expect(closingLine(total)).toBe("41 passed, 2 failed, 3 skipped");
  });
});
