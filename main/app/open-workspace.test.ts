import { mkdirSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { openSqlite } from "../core/sqlite";
import { HistoryFiles } from "../history/files";
import { openHistory } from "../history/open-history";
import { sampleExecution, sampleSession } from "../history/testing/samples";
import { OpenWorkspace } from "./open-workspace";
import { SettingsStore } from "./state/settings-store";

let base: string;
beforeEach(() => {
  base = realpathSync(mkdtempSync(join(tmpdir(), "open-workspace-")));
});
afterEach(() => rmSync(base, { recursive: true, force: true }));

it("a history in which nothing can be deleted keeps nobody from opening the workspace", async () => {
  const root = join(base, "workspace");
  mkdirSync(root);
  const data = join(base, "data");
  const { store } = openHistory({ dataDir: data, workspaceRoot: root });
  const session = sampleSession({ status: "closed" });
  store.saveSession(session);
  store.insertExecution(sampleExecution(session, { startedAt: 1 }));
  store.close();
  // What a full disk does to the pruning of what is too old.
  const database = openSqlite(HistoryFiles.forWorkspace(data, root).database);
  database.exec(
    "CREATE TRIGGER full BEFORE DELETE ON executions BEGIN SELECT RAISE(ABORT, 'disk full'); END",
  );
  database.close();

  const { store: settings } = await SettingsStore.open(join(data, "settings.json"));
  const told: string[] = [];
  const logged: string[] = [];
  const workspaces = new OpenWorkspace({
    dataFolder: data,
    documentsFolder: join(base, "documents"),
    settings,
    emit: (name) => void told.push(name),
    log: (message) => void logged.push(message),
  });
  await workspaces.openFirst(root);
  expect(workspaces.info()).toMatchObject({ root });
  expect(workspaces.takeNotices()).toEqual([]);
  expect(told).toContain("workspace.changed");
  expect(logged).toEqual(["The history could not be pruned"]);
  expect(workspaces.recent()).toEqual([root]);
  await workspaces.dispose();
});
