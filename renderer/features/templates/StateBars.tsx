import { useMemo } from "react";
import { DiffView } from "../../monaco/DiffView";
import { useWorkbench } from "../../state/context";
import type { TemplateEntry } from "../../state/templates";
import { Button, Callout } from "../../ui";
import { saveTemplate } from "./saving";
import type { TemplateDocumentState, TemplateForm } from "./useTemplate";

interface StateBarsProps {
  file: string;
  document: TemplateDocumentState;
  entry: TemplateEntry | undefined;
  form: TemplateForm;
  isReadOnly: boolean;
}

/** States that need the user's eye: each says what is the case, that nothing is lost, and what can be done. */
export function StateBars({ file, document, entry, form, isReadOnly }: StateBarsProps) {
  const workbench = useWorkbench();
  const { notices, templateEditing } = workbench;
  const builtins = useMemo(() => builtinsIn(form), [form]);
  const syntax = form.problems.find((problem) => problem.path.length === 0);
  const twins = entry?.state === "duplicate" ? entry.problems : [];
  // A new id helps only where the id is what two files share.
  const sharesId = twins.some((problem) => problem.path[0] === "id");
  const other = form.problems.filter((problem) => problem !== syntax && !isBuiltin(problem));
  return (
    <div className="tpl-bars">
      {document.conflict !== null && (
        <div className="tpl-conflict">
          <Callout
            tone="warning"
            actions={
              <>
                <Button
                  size="small"
                  onClick={() => notices.attempt(() => templateEditing.resolve(file, "theirs"))}
                >
                  Use the file on disk
                </Button>
                <Button
                  size="small"
                  variant="primary"
                  onClick={() => notices.attempt(() => templateEditing.resolve(file, "mine"))}
                >
                  Keep my edits
                </Button>
              </>
            }
          >
            This template changed on disk while you edited it. Nothing was overwritten. Left: the file on
            disk; right: your edits.
          </Callout>
          <div className="tpl-conflict-diff">
            <DiffView
              before={document.conflict.text}
              after={document.text}
              language="json"
              label={`Conflict in ${file}`}
            />
          </div>
        </div>
      )}
      {document.status === "missing" && (
        <Callout
          tone="warning"
          actions={
            <Button
              size="small"
              variant="primary"
              disabled={isReadOnly}
              onClick={() => notices.attempt(() => saveTemplate(workbench, file))}
            >
              Write it again
            </Button>
          }
        >
          This template was removed from disk. Its text is kept here.
        </Callout>
      )}
      {entry?.state === "newer" && (
        <Callout tone="warning">
          {entry.problems[0]?.error.message ??
            "This template was written by a newer version. It is shown read-only and is not changed."}
        </Callout>
      )}
      {twins.length > 0 && (
        <Callout
          tone="warning"
          actions={
            sharesId &&
            !document.dirty &&
            form.isEditable && (
              <Button size="small" onClick={() => form.set(["id"], crypto.randomUUID())}>
                Give this one an id of its own
              </Button>
            )
          }
        >
          {twins.map((problem) => (
            <p key={problem.error.message}>{problem.error.message}</p>
          ))}
        </Callout>
      )}
      {isReadOnly && entry?.state !== "newer" && (
        <Callout tone="info">
          This template cannot be written here. You can read, compare, duplicate and export it.
        </Callout>
      )}
      {builtins.length > 0 && (
        <Callout
          tone="warning"
          actions={
            form.isEditable && (
              <Button
                size="small"
                variant="primary"
                onClick={() =>
                  form.change(builtins.map((name) => ({ path: ["modules", name], value: undefined })))
                }
              >
                {builtins.length === 1 ? "Remove the built-in" : `Remove the ${builtins.length} built-ins`}
              </Button>
            )
          }
        >
          {builtins.join(", ")}{" "}
          {builtins.length === 1
            ? "is a JavaScript built-in that needs"
            : "are JavaScript built-ins that need"}{" "}
          no configuration: always available, never listed in a template.
        </Callout>
      )}
      {syntax !== undefined && entry?.state !== "newer" && (
        <Callout
          tone="danger"
          actions={
            <Button size="small" onClick={() => templateEditing.showFace(file, "source")}>
              Show in the source
            </Button>
          }
        >
          {syntax.error.message} The form can be used again when the JSON is whole.
        </Callout>
      )}
      {other.length > 0 && syntax === undefined && entry?.state !== "newer" && (
        <Callout tone="danger">
          {other.length === 1 ? "One thing is" : `${other.length} things are`} wrong; what is wrong cannot be
          saved, and no session starts from it.
          <ul className="tpl-problem-list">
            {other.slice(0, 4).map((problem) => (
              <li key={`${problem.path.join(".")}:${problem.error.message}`}>{problem.error.message}</li>
            ))}
            {other.length > 4 && <li>and {other.length - 4} more</li>}
          </ul>
        </Callout>
      )}
    </div>
  );
}

/** An entry of `modules` that is a JavaScript built-in, as the policy says. */
const isBuiltin = ({ path, error }: TemplateForm["problems"][number]): boolean =>
  path[0] === "modules" && error.code === "MODULE_NOT_ALLOWED" && error.details?.["reason"] === "builtin";

function builtinsIn(form: TemplateForm): readonly string[] {
  return form.problems.filter(isBuiltin).map((problem) => String(problem.path[1]));
}
