import type { Execution } from "../../../shared/model/execution";
import type { ExecutionId } from "../../../shared/model/ids";
import { plural } from "../../state/format";
import type { Workbench } from "../../state/workbench";
import { ConfirmDialog } from "../../ui";
import { askScriptInput } from "../run";
import { executionOf, executionTab, EXECUTION_KIND } from "./tabs";

/** Shows an execution, for a look or to stay. */
export function openExecution({ tabs }: Workbench, execution: Execution, how: "preview" | "keep"): void {
  tabs.open(executionTab(execution), { preview: how === "preview" });
}

/** Runs it again, the script as it is now or as it was then, and shows its output as it comes. */
export async function runAgain(
  { run, layout, history, announcer }: Workbench,
  execution: Execution,
  text: "now" | "then" = "now",
): Promise<void> {
  const session = history.store.getState().records[execution.id]?.session ?? null;
  layout.showPanel("console");
  const started = await run.repeat(execution, session, text);
  if (started !== undefined) announcer.say("It runs again.");
}

/** Opens the form with its arguments; they become the script's, and run when the user says so. */
export async function changeArguments(workbench: Workbench, { path, args, env }: Execution): Promise<void> {
  if (path === undefined) return;
  const start = { args: args === undefined ? "" : JSON.stringify(args, null, 2), env: env ?? {} };
  const outcome = await askScriptInput(workbench, path, { start, reason: "edit" });
  if (outcome === undefined) return;
  workbench.run.chooseScript(path);
  if (outcome === "run") workbench.commands.run("run.whole");
}

/** Asks where to, and writes an execution with its events as JSON. */
export async function exportExecution({ history, notices }: Workbench, id: ExecutionId): Promise<void> {
  const path = await history.exportTo(id);
  if (path !== undefined) notices.show({ severity: "success", message: `Exported to ${path}.` });
}

/** Asks once: what is deleted from the history is gone. */
export async function askAndDelete(
  { dialogs, history, tabs, notices }: Workbench,
  ids: readonly ExecutionId[],
): Promise<void> {
  const what = plural(ids.length, "execution");
  const isAgreed = await dialogs.ask<true>((close) => (
    <ConfirmDialog
      title={`Delete ${what} from the history?`}
      description="Input, events, result and metrics are removed for good."
      action="Delete"
      close={close}
    />
  ));
  if (isAgreed !== true) return;
  await history.delete(ids);
  const gone = new Set<string>(ids);
  tabs.replace((tab) => (tab.kind === EXECUTION_KIND && gone.has(executionOf(tab) ?? "") ? null : tab));
  notices.show({ severity: "info", message: `Deleted ${what}.` });
}
