import { CircleX, Info, TriangleAlert } from "lucide-react";
import { useMemo } from "react";
import { useValue, useWorkbench } from "../../state/context";
import { groupBy } from "../../state/group";
import { allProblems, type Problem } from "../../state/problems";
import { EmptyState } from "../../ui";
import { fileIcon } from "../../ui/fileIcon";
import "./problems.css";

const ICONS = { error: CircleX, warning: TriangleAlert, info: Info } as const;

/** Errors and warnings by file; each leads to its place. */
export function ProblemsView() {
  const { problems, reveal } = useWorkbench();
  const byOwner = useValue(problems.store, (state) => state.byOwner);
  const files = useMemo(() => [...groupBy(allProblems(byOwner), (problem) => problem.path)], [byOwner]);
  if (files.length === 0)
    return (
      <EmptyState title="No problems">
        Errors of the last run, of open files and of templates are listed here.
      </EmptyState>
    );
  return (
    <ul className="problems" aria-label="Problems">
      {files.map(([path, list]) => (
        <li key={path}>
          <p className="problems-file">
            {fileIcon(path)} {path} <span className="muted">{list.length}</span>
          </p>
          <ul>
            {list.map((problem, index) => (
              <ProblemRow key={index} problem={problem} onOpen={() => reveal.show(problem)} />
            ))}
          </ul>
        </li>
      ))}
    </ul>
  );
}

function ProblemRow({ problem, onOpen }: { problem: Problem; onOpen(): void }) {
  const Icon = ICONS[problem.severity];
  return (
    <li>
      <button type="button" className="problem" onClick={onOpen}>
        <Icon size={13} aria-label={problem.severity} className={`problem-${problem.severity}`} />
        <span className="problem-message">{problem.message}</span>
        <span className="muted">
          {problem.source}
          {problem.code !== undefined && ` ${problem.code}`}
        </span>
        <span className="problem-place">
          {problem.line}:{problem.column}
        </span>
      </button>
    </li>
  );
}
