import type { Mode } from "./metadata";
import type { Ending } from "./verdict";

/** One run of one test, ready to be given to a side. */
export interface TestRun {
  /** Path relative to the folder of test262, `/` between folders. */
  readonly path: string;
  readonly mode: Mode;
  /** The test's text, with the directive of its mode. */
  readonly source: string;
  /** Paths of the harness files, evaluated before it. */
  readonly harness: readonly string[];
}

/** One of the two engines that are compared. */
export interface Side {
  /** Runs one test in a realm of its own. */
  run(test: TestRun): Promise<Ending>;
  /** Throws the engine away: the next test gets a new one. */
  renew(): void;
}

export interface SideOptions {
  /** Folder of test262. */
  readonly root: string;
  readonly timeoutMs: number;
  readonly memoryMb: number;
  readonly stackKb: number;
  /** Gives the text of a harness file. */
  readonly harness: (name: string) => string;
}
