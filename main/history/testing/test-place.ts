import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "../../testing/temporary-folder";
import { HistoryFiles } from "../files";
import type { OpenHistoryOptions } from "../open-history";

/** Where the history of the running test lives. */
export interface TestPlace {
  /** Holds the data folder and the workspace. */
  readonly base: string;
  readonly options: OpenHistoryOptions;
  readonly files: HistoryFiles;
}

/** An empty data folder and an empty workspace, removed when the test ends. */
export function historyPlace(): TestPlace {
  const base = temporaryFolder();
  const options = { dataDir: join(base, "data"), workspaceRoot: join(base, "workspace") };
  mkdirSync(options.workspaceRoot);
  return { base, options, files: HistoryFiles.forWorkspace(options.dataDir, options.workspaceRoot) };
}
