import type { WorkbenchApi } from "../../shared/ipc/contract";
import { isLive } from "../state/sessions";
import { createWorkbench, type Workbench } from "../state/workbench";
import { loadMonaco } from "../monaco/load";
import { registerFeatures } from "./features";

export interface StartedWorkbench {
  readonly workbench: Workbench;
  /** Resolves when the state holds what main knows and Monaco is there. What fails becomes a notice: never rejects. */
  readonly loaded: Promise<void>;
}

/**
 * Builds the window's state, plugs in the features and begins to load what main knows. `restart` is called when another
 * workspace was opened: nothing of this one stays.
 */
export function startWorkbench(api: WorkbenchApi, restart: () => void): StartedWorkbench {
  const workbench = createWorkbench(api);
  registerFeatures(workbench);
  let root: string | undefined;
  workbench.workspace.store.subscribe(({ workspace, info }) => {
    // Before the first answer nothing is known about a workspace.
    if (info === null) return;
    if (root === undefined) root = workspace?.root ?? "";
    else if (root !== (workspace?.root ?? "")) {
      workbench.dispose();
      restart();
    }
  });
  const fail = (error: unknown) => workbench.notices.fail(error);
  const loaded = Promise.all([load(workbench).catch(fail), loadMonaco()]).then(() => undefined, fail);
  return { workbench, loaded };
}

async function load(workbench: Workbench): Promise<void> {
  const {
    settings,
    workspace,
    layout,
    tabs,
    templates,
    modules,
    sessions,
    files,
    documents,
    run,
    repl,
    notices,
  } = workbench;
  await Promise.all([settings.load(), workspace.load()]);
  if (workspace.store.getState().workspace !== null) {
    await Promise.all([
      layout.load(),
      modules.load(),
      templates.load().then(() => run.load()),
      sessions.load(),
      documents.load().then(() => tabs.load()),
      files.load(),
      repl.load(),
    ]).catch(notices.fail);
    restoreConsoles(workbench);
  }
  for (const notice of workspace.store.getState().info?.notices ?? [])
    notices.show({ severity: "warning", ...notice });
}

/** The consoles of sessions that outlived the page: after a reload nothing of them is lost. */
function restoreConsoles({ sessions, console: output, run, notices }: Workbench): void {
  const live = sessions.store.getState().sessions.filter(isLive);
  for (const { id } of live) notices.attempt(() => output.restore(id));
  const newest = live[0];
  if (newest !== undefined && run.store.getState().session === null) run.chooseSession(newest.id);
}
