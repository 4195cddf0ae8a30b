/**
 * Milliseconds that a machine with other things to do may add to a time that is promised: a test is to fail for what does not
 * end, not for a busy machine. The benchmark measures the times themselves.
 */
export const SLACK_MS = 4000;
