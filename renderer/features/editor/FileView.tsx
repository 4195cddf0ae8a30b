import { useState } from "react";
import { extensionOf } from "../../state/paths";
import type { TabProps } from "../../state/places";
import { cx } from "../../ui";
import { CsvPreview } from "./CsvPreview";
import { pathOfTab } from "./input";
import { MarkdownPreview } from "./MarkdownPreview";
import { ScriptEditor } from "./ScriptEditor";

type Mode = "source" | "both" | "preview";
const MODES: readonly { mode: Mode; label: string }[] = [
  { mode: "source", label: "Source" },
  { mode: "both", label: "Both" },
  { mode: "preview", label: "Preview" },
];

/** A file: its source and, for Markdown and CSV, how it reads. */
export function FileView(props: TabProps) {
  const path = pathOfTab(props.tab);
  const Preview = { ".md": MarkdownPreview, ".csv": CsvPreview }[extensionOf(path)];
  const [modes, setModes] = useState<Readonly<Record<string, Mode>>>({});
  const mode = Preview === undefined ? "source" : (modes[path] ?? "both");
  return (
    <div className="file-view">
      {Preview !== undefined && (
        <div className="file-modes" role="group" aria-label="View">
          {MODES.map((option) => (
            <button
              key={option.mode}
              type="button"
              aria-pressed={mode === option.mode}
              onClick={() => setModes({ ...modes, [path]: option.mode })}
            >
              {option.label}
            </button>
          ))}
        </div>
      )}
      <div className={cx("file-panes", `file-panes-${mode}`)}>
        <div className="file-source" hidden={mode === "preview"}>
          <ScriptEditor {...props} />
        </div>
        {Preview !== undefined && mode !== "source" && (
          <div
            className="file-preview selectable"
            role="region"
            aria-label={`Preview of ${path}`}
            tabIndex={0}
          >
            <Preview path={path} />
          </div>
        )}
      </div>
    </div>
  );
}
