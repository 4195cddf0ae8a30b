import type { ImportItem } from "../../../state/templates";
import { Badge, Select, TextField, type Tone } from "../../../ui";
import { PolicyChanges } from "../PolicyChanges";
import type { Decision } from "./importDecision";

const CHECKSUMS: Readonly<Record<ImportItem["checksum"], { words: string; tone: Tone }>> = {
  valid: { words: "unchanged since its export", tone: "success" },
  changed: { words: "changed since its export", tone: "danger" },
  absent: { words: "no checksum", tone: "neutral" },
};
const CONFLICTS: Readonly<Record<ImportItem["conflict"], string>> = {
  none: "",
  sameId: "This template is in the workspace already.",
  nameTaken: "Another template of the workspace has this name.",
};

/** One template of an import: policy in words, what it would replace, what the migration changes, its checksum. */
export function ImportItemView({
  item,
  decision,
  onChange,
}: {
  item: ImportItem;
  decision: Decision;
  onChange(decision: Decision): void;
}) {
  const checksum = CHECKSUMS[item.checksum];
  const actions = [
    { value: "skip", label: "Leave out" },
    ...(item.template === undefined
      ? []
      : [{ value: "add", label: item.conflict === "none" ? "Add" : "Add under another name" } as const]),
    ...(item.template !== undefined && item.conflict !== "none"
      ? [{ value: "replace", label: "Replace the one here" } as const]
      : []),
  ] as const;
  return (
    <li className="import-item" aria-label={item.name}>
      <div className="import-item-head">
        <strong>{item.name}</strong>
        <span className="mono muted">{item.file}</span>
        <Badge tone={checksum.tone}>{checksum.words}</Badge>
        <span className="import-item-act">
          <Select<Decision["action"]>
            label={`What to do with ${item.name}`}
            value={decision.action}
            options={actions}
            onChange={(action) => onChange({ ...decision, action })}
          />
        </span>
      </div>
      {item.conflict !== "none" && (
        <p className="import-conflict">
          {CONFLICTS[item.conflict]}
          {item.changes.length === 0 && " It permits the same."}
        </p>
      )}
      {decision.action === "add" && item.conflict !== "none" && (
        <TextField
          label={`New name of ${item.name}`}
          value={decision.newName}
          onChange={(newName) => onChange({ ...decision, newName })}
        />
      )}
      {item.problems.length > 0 && (
        <ul className="tpl-problem-list" aria-label="Why it cannot be imported">
          {item.problems.map((problem) => (
            <li key={problem.error.message} className="ui-note-problem">
              {problem.error.message}
            </li>
          ))}
        </ul>
      )}
      {item.effects.length > 0 && (
        <ul className="tpl-effects" aria-label={`What ${item.name} permits`}>
          {item.effects.map((effect) => (
            <li key={effect}>may {effect}</li>
          ))}
        </ul>
      )}
      {item.changes.length > 0 && (
        <details open={decision.action === "replace"}>
          <summary>What replacing the one here would change</summary>
          <PolicyChanges changes={item.changes} />
        </details>
      )}
      {item.migration.length > 0 && (
        <details open>
          <summary>Migrated from the older form</summary>
          <ul className="import-migration">
            {item.migration.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </details>
      )}
    </li>
  );
}
