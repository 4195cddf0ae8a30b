import { CircleX, TriangleAlert } from "lucide-react";
import { useValue, useWorkbench } from "../../state/context";
import { allProblems } from "../../state/problems";
import type { Workbench } from "../../state/workbench";
import { Badge } from "../../ui";
import { ProblemsView } from "./ProblemsView";

function useCounts(): { errors: number; warnings: number } {
  const { problems } = useWorkbench();
  const byOwner = useValue(problems.store, (state) => state.byOwner);
  const all = allProblems(byOwner);
  return {
    errors: all.filter((problem) => problem.severity === "error").length,
    warnings: all.filter((problem) => problem.severity === "warning").length,
  };
}

function ProblemsBadge() {
  const { errors, warnings } = useCounts();
  return errors + warnings === 0 ? null : (
    <Badge tone={errors > 0 ? "danger" : "warning"}>{errors + warnings}</Badge>
  );
}

function ProblemsStatus() {
  const { layout } = useWorkbench();
  const { errors, warnings } = useCounts();
  return (
    <button
      type="button"
      className="status-item"
      aria-label={`Problems: ${errors} errors, ${warnings} warnings`}
      onClick={() => layout.showPanel("problems")}
    >
      <CircleX aria-hidden className={errors > 0 ? "status-danger" : ""} /> {errors}
      <TriangleAlert aria-hidden className={warnings > 0 ? "status-warning" : ""} /> {warnings}
    </button>
  );
}

/** The Problems panel and its counts. */
export function registerProblems({ places }: Workbench): void {
  places.panels.add({
    id: "problems",
    title: "Problems",
    order: 3,
    keys: ["Mod+Shift+M"],
    View: ProblemsView,
    Badge: ProblemsBadge,
  });
  places.statusItems.add({ id: "problems", side: "end", order: 1, View: ProblemsStatus });
}
