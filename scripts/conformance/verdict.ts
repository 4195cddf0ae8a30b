import type { Metadata } from "./metadata";

/** How one run of a test ended, in words that both sides share. */
export interface Ending {
  readonly ended: "completed" | "threw" | "timeout" | "crashed";
  /** Name of the thrown value's constructor. */
  readonly type?: string;
  readonly message?: string;
  /** What the test gave to `print`. */
  readonly printed: readonly string[];
}

export type Verdict = "pass" | "fail" | "timeout" | "crash";

const COMPLETE = "Test262:AsyncTestComplete";

/** Whether a run ended as its test demands. */
export function judge({ flags, negative }: Metadata, ending: Ending): Verdict {
  if (ending.ended === "timeout") return "timeout";
  if (ending.ended === "crashed") return "crash";
  if (negative !== undefined) {
    return ending.ended === "threw" && ending.type === negative.type ? "pass" : "fail";
  }
  if (ending.ended === "threw") return "fail";
  if (flags.has("async")) return ending.printed[0] === COMPLETE ? "pass" : "fail";
  return "pass";
}
