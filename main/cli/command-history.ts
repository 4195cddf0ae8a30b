import type { HistoryStore } from "../core/api";
import { dataFolder } from "../core/data-folder";
import { resolveWorkspace } from "../core/workbench";
import { openHistory } from "../history/open-history";
import type { Output } from "./output";

/** Opens a workspace's history for one command, tells what there is to know about it, and closes it again. */
export function withHistory<T>(workspace: string, output: Output, action: (history: HistoryStore) => T): T {
  const { store, notices } = openHistory({
    dataDir: dataFolder(),
    workspaceRoot: resolveWorkspace(workspace),
    backupMinAgeMs: Infinity,
  });
  try {
    for (const notice of notices) output.errorLine(`${notice.code}: ${notice.message}`);
    return action(store);
  } finally {
    store.close();
  }
}
