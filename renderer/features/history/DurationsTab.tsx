import { useEffect, useMemo, useState } from "react";
import type { Execution } from "../../../shared/model/execution";
import { useValue, useWorkbench } from "../../state/context";
import { formatDuration, plural } from "../../state/format";
import type { TabProps } from "../../state/places";
import { Combobox, EmptyState, Spinner } from "../../ui";
import { Plot } from "../metrics";
import { executionTab } from "./tabs";
import { durationOf, STATUS_WORDS, whenOf } from "./words";
import "./history.css";

const ANY = "any";
const SHOWN = 20;

/** How long one script took, over time: all its executions or those of one template. */
export function DurationsTab({ tab }: TabProps) {
  const { history, notices, tabs, executions } = useWorkbench();
  const path = typeof tab.input["path"] === "string" ? tab.input["path"] : "";
  const [template, setTemplate] = useState<string>();
  const [runs, setRuns] = useState<readonly Execution[]>();
  // A run that ends while this is shown joins the plot.
  const newest = useValue(
    executions.store,
    (state) =>
      Object.values(state.executions).findLast((each) => each.path === path && each.endedAt !== undefined)
        ?.id,
  );
  useEffect(() => {
    let isCurrent = true;
    notices.attempt(async () => {
      const found = await history.runsOf(path, template);
      if (isCurrent) setRuns(found);
    });
    return () => {
      isCurrent = false;
    };
  }, [history, notices, path, template, newest]);
  const names = useMemo(() => [...new Set((runs ?? []).flatMap((run) => run.templateName ?? []))], [runs]);
  const data = useMemo(
    () => [
      (runs ?? []).map((run) => run.startedAt / 1000),
      (runs ?? []).map((run) => run.metrics?.wallMs ?? 0),
      (runs ?? []).map((run) => run.metrics?.cpuMs ?? 0),
    ],
    [runs],
  );
  if (runs === undefined) return <Spinner label="Reading the history" />;
  if (runs.length === 0)
    return (
      <EmptyState title="No executions yet">When {path} has run, its durations are shown here.</EmptyState>
    );
  const sorted = runs.map((run) => run.metrics?.wallMs ?? 0).sort((a, b) => a - b);
  const at = (share: number) =>
    formatDuration(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);
  return (
    <div className="durations">
      <header className="durations-head">
        <h1 className="mono">{path}</h1>
        <p className="muted">
          {plural(runs.length, "execution")} · median {at(0.5)} · slowest tenth from {at(0.9)} · longest{" "}
          {at(1)}
        </p>
        <Combobox
          label="Durations of template"
          value={template ?? ANY}
          options={[
            { value: ANY, label: "All templates" },
            ...names.map((name) => ({ value: name, label: name })),
          ]}
          onChange={(next) => setTemplate(next === ANY ? undefined : next)}
        />
      </header>
      <Plot
        title="Duration in milliseconds"
        kind="time"
        data={data}
        series={[
          { label: "In all (ms)", colour: "--accent", fill: true },
          { label: "Computing (ms)", colour: "--success" },
        ]}
      />
      <table className="execution-table" aria-label="Last executions">
        <thead>
          <tr>
            <th scope="col">When</th>
            <th scope="col">Template</th>
            <th scope="col">Status</th>
            <th scope="col">In all</th>
            <th scope="col">Computing</th>
          </tr>
        </thead>
        <tbody>
          {runs
            .slice(-SHOWN)
            .reverse()
            .map((run) => (
              <tr key={run.id}>
                <td>
                  <button
                    type="button"
                    className="source-link"
                    onClick={() => tabs.open(executionTab(run), { preview: true })}
                  >
                    {whenOf(run.startedAt)}
                  </button>
                </td>
                <td>{run.templateName}</td>
                <td>{STATUS_WORDS[run.status].words}</td>
                <td>{formatDuration(durationOf(run) ?? 0)}</td>
                <td>{formatDuration(run.metrics?.cpuMs ?? 0)}</td>
              </tr>
            ))}
        </tbody>
      </table>
    </div>
  );
}
