import type { ExecutionId } from "../../../shared/model/ids";
import { executionIdSchema } from "../../../shared/model/ids";
import { executionTitle } from "../../state/format";
import type { Execution } from "../../../shared/model/execution";
import { baseName } from "../../state/paths";
import type { Tab } from "../../state/tabs";

export const EXECUTION_KIND = "execution";
export const EXECUTION_COMPARE_KIND = "executionComparison";
export const DURATIONS_KIND = "durations";

export const nameOf = (execution: Execution): string =>
  execution.path === undefined ? executionTitle(execution) : baseName(execution.path);

export const executionTab = (execution: Execution) => ({
  id: `${EXECUTION_KIND}:${execution.id}`,
  kind: EXECUTION_KIND,
  input: { execution: execution.id, name: nameOf(execution) },
});

export const executionCompareTab = (before: Execution, after: Execution) => ({
  id: `${EXECUTION_COMPARE_KIND}:${before.id}:${after.id}`,
  kind: EXECUTION_COMPARE_KIND,
  input: { before: before.id, after: after.id, name: `${nameOf(before)} ↔ ${nameOf(after)}` },
});

export const durationsTab = (path: string) => ({
  id: `${DURATIONS_KIND}:${path}`,
  kind: DURATIONS_KIND,
  input: { path, name: `Durations of ${baseName(path)}` },
});

/** An execution that a tab names; `undefined` when a stored tab does not fit any more. */
export function executionOf(
  tab: Tab,
  key: "execution" | "before" | "after" = "execution",
): ExecutionId | undefined {
  const parsed = executionIdSchema.safeParse(tab.input[key]);
  return parsed.success ? parsed.data : undefined;
}
