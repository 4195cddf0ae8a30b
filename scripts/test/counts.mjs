// @ts-check

/**
 * @typedef {{ passed: number, failed: number, skipped: number }} Counts
 */

/**
 * A step that either holds or does not (types, lint, …) counts as one.
 *
 * @param {number | null} exitCode null when the step was ended by a signal
 * @returns {Counts}
 */
export function countCheck(exitCode) {
  return exitCode === 0 ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 };
}

/**
 * Counts what Vitest's JSON reporter wrote. A file that could not be loaded holds no test and counts as one failure.
 *
 * @param {any} report undefined when it wrote none
 * @param {number | null} exitCode
 * @returns {Counts}
 */
export function countVitest(report, exitCode) {
  const counts = {
    passed: report?.numPassedTests ?? 0,
    failed: report?.numFailedTests ?? 0,
    skipped: (report?.numPendingTests ?? 0) + (report?.numTodoTests ?? 0),
  };
  for (const file of report?.testResults ?? []) {
    const hasFailedTest = file.assertionResults.some((/** @type {any} */ test) => test.status === "failed");
    if (file.status === "failed" && !hasFailedTest) counts.failed += 1;
  }
  return agreeWithExit(counts, exitCode);
}

/**
 * Counts what Playwright's JSON reporter wrote. A test that passed only when it was tried again is a passed one, as it
 * is for Playwright; errors outside any test count as failures.
 *
 * @param {any} report undefined when it wrote none
 * @param {number | null} exitCode
 * @returns {Counts}
 */
export function countPlaywright(report, exitCode) {
  const stats = report?.stats;
  const counts = {
    passed: (stats?.expected ?? 0) + (stats?.flaky ?? 0),
    failed: (stats?.unexpected ?? 0) + (report?.errors?.length ?? 0),
    skipped: stats?.skipped ?? 0,
  };
  return agreeWithExit(counts, exitCode);
}

/**
 * A build machine must never report success for tests that did not run: there, a suite that was skipped as a whole
 * has failed.
 *
 * @param {Counts} counts
 * @param {{ isCi: boolean }} where
 * @returns {Counts}
 */
export function requireToRun(counts, { isCi }) {
  const ranNothing = counts.passed === 0 && counts.failed === 0;
  return isCi && ranNothing ? { passed: 0, failed: Math.max(1, counts.skipped), skipped: 0 } : counts;
}

/**
 * @param {Counts[]} all
 * @returns {Counts}
 */
export function sum(all) {
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const { passed, failed, skipped } of all) {
    total.passed += passed;
    total.failed += failed;
    total.skipped += skipped;
  }
  return total;
}

/**
 * The line that ends `npm test`.
 *
 * @param {Counts} counts
 * @returns {string}
 */
export function closingLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}

/**
 * A runner that ended badly without naming a failed test (it crashed, or found no tests) has failed all the same.
 *
 * @param {Counts} counts
 * @param {number | null} exitCode
 * @returns {Counts}
 */
function agreeWithExit(counts, exitCode) {
  return exitCode !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}
