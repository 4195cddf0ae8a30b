import { ArrowLeftRight } from "lucide-react";
import { useEffect, useState } from "react";
import { serializeError, WorkbenchError } from "../../../shared/model/error";
import type { TemplateRef } from "../../../shared/ipc/templates";
import { DiffView } from "../../monaco/DiffView";
import { useValue, useWorkbench } from "../../state/context";
import { isDirty } from "../../state/documents";
import { formatTime } from "../../state/format";
import type { TabProps } from "../../state/places";
import { templatePath } from "../../state/templateEditing";
import type { TemplateDiff } from "../../state/templates";
import type { Workbench } from "../../state/workbench";
import { Badge, Callout, Combobox, EmptyState, IconButton, Spinner, type ComboboxOption } from "../../ui";
import { PolicyChanges } from "./PolicyChanges";
import { isSide, type Side } from "./templateTab";
import "./templates.css";

/** Two templates compared: the policy in words, then the texts. */
export function CompareTab({ tab }: TabProps) {
  const workbench = useWorkbench();
  const { tabs } = workbench;
  const options = useSides();
  const before = isSide(tab.input["before"]) ? tab.input["before"] : undefined;
  const after = isSide(tab.input["after"]) ? tab.input["after"] : undefined;
  const { diff, problem } = useDiff(before, after);
  // The tab stays the same one when a side changes.
  const choose = (sides: { before?: Side; after?: Side }) =>
    tabs.open({ id: tab.id, kind: tab.kind, input: { ...tab.input, ...sides } });
  return (
    <div className="cmp">
      <header className="cmp-head">
        <Combobox
          label="Before"
          value={before}
          options={options}
          onChange={(side) => isSide(side) && choose({ before: side })}
          placeholder="Before…"
          className="cmp-side"
        />
        <IconButton
          label="Swap the two"
          icon={<ArrowLeftRight aria-hidden />}
          disabled={before === undefined || after === undefined}
          onClick={() =>
            before !== undefined && after !== undefined && choose({ before: after, after: before })
          }
        />
        <Combobox
          label="After"
          value={after}
          options={options}
          onChange={(side) => isSide(side) && choose({ after: side })}
          placeholder="After…"
          className="cmp-side"
        />
        {diff?.identical === true && <Badge tone="success">identical</Badge>}
      </header>
      {problem !== undefined && <Callout tone="danger">{problem}</Callout>}
      {(before === undefined || after === undefined) && (
        <EmptyState title="Choose two to compare">
          Templates as they are saved or edited, the last commit, or the snapshot that a session runs with.
        </EmptyState>
      )}
      {before !== undefined && after !== undefined && diff === undefined && problem === undefined && (
        <Spinner label="Comparing" />
      )}
      {diff !== undefined && (
        <>
          <section className="cmp-policy selectable" aria-label="Policy">
            <PolicyChanges changes={diff.changes} />
          </section>
          <div className="cmp-text">
            <DiffView before={diff.before} after={diff.after} language="json" label="Templates" />
          </div>
        </>
      )}
    </div>
  );
}

function useSides(): readonly ComboboxOption[] {
  const { templates, documents, sessions, workspace } = useWorkbench();
  const entries = useValue(templates.store, (state) => state.templates);
  const open = useValue(documents.store, (state) => state.documents);
  const all = useValue(sessions.store, (state) => state.sessions);
  const hasGit = useValue(workspace.store, (state) => state.workspace?.git ?? false);
  return [
    ...entries.map((entry) => ({
      value: `file:${entry.file}`,
      label: entry.name,
      hint: "saved",
      group: "Templates",
    })),
    ...entries
      .filter((entry) => isDirty(open[templatePath(entry.file)]))
      .map((entry) => ({
        value: `editor:${entry.file}`,
        label: `${entry.name} (unsaved)`,
        group: "Being edited",
      })),
    ...(hasGit
      ? entries.map((entry) => ({
          value: `git:${entry.file}`,
          label: `${entry.name} (last commit)`,
          group: "Last commit",
        }))
      : []),
    ...all.map((session) => ({
      value: `session:${session.id}`,
      label: session.name,
      hint: `${session.status}, ${formatTime(session.createdAt, false)}`,
      group: "Sessions",
    })),
  ];
}

function useDiff(
  before: Side | undefined,
  after: Side | undefined,
): { diff?: TemplateDiff; problem?: string } {
  const workbench = useWorkbench();
  // What is compared can change while it is shown.
  const entries = useValue(workbench.templates.store, (state) => state.templates);
  const texts = useValue(workbench.documents.store, (state) => state.documents);
  const [result, setResult] = useState<{ diff?: TemplateDiff; problem?: string }>({});
  useEffect(() => {
    if (before === undefined || after === undefined) return;
    let isCurrent = true;
    void compare(workbench, before, after).then(
      (diff) => isCurrent && setResult({ diff }),
      (error: unknown) => isCurrent && setResult({ problem: serializeError(error).message }),
    );
    return () => {
      isCurrent = false;
    };
  }, [workbench, before, after, entries, texts]);
  return before === undefined || after === undefined ? {} : result;
}

async function compare(workbench: Workbench, before: Side, after: Side): Promise<TemplateDiff> {
  const [from, to] = await Promise.all([refOf(workbench, before), refOf(workbench, after)]);
  return workbench.templates.diff(from, to);
}

/** What main compares for a side. */
async function refOf({ templateEditing, sessions, templates }: Workbench, side: Side): Promise<TemplateRef> {
  const name = side.slice(side.indexOf(":") + 1);
  if (side.startsWith("file:")) return { file: name };
  if (side.startsWith("editor:")) return { source: templateEditing.textOf(name) ?? "" };
  if (side.startsWith("git:")) {
    const diff = await templates.diffWithGit(name);
    if (diff === null)
      throw new WorkbenchError(
        "TEMPLATE_NOT_FOUND",
        "This template has no committed version yet. Commit it first, then compare.",
      );
    return { source: diff.before };
  }
  const session = sessions.store.getState().sessions.find((each) => each.id === name);
  if (session === undefined)
    throw new WorkbenchError("SESSION_NOT_FOUND", "This session is gone, and its snapshot with it.");
  return { source: `${JSON.stringify(session.template, null, 2)}\n` };
}
