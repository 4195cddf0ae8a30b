import { FolderOpen, Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { useValue, useWorkbench } from "../../../state/context";
import { formatBytes } from "../../../state/format";
import { isRecord } from "../../../../shared/model/json-change";
import { Button, Combobox, IconButton, SuggestField, TextField } from "../../../ui";
import { moduleTab } from "../../modules";
import { Remarks, SectionFrame } from "../SectionFrame";
import { useWorkbenchPaths } from "../../../state/usePaths";
import type { TemplateForm } from "../useTemplate";

/** Pure-JavaScript libraries: those of the catalogue, and files of the workspace. */
export function Libraries({ form }: { form: TemplateForm }) {
  const { modules } = useWorkbench();
  const catalogue = useValue(modules.store, (state) => state.libraries);
  const { files } = useWorkbenchPaths();
  const [path, setPath] = useState("");
  const raw = form.get(["libraries"]);
  const entries: readonly unknown[] = Array.isArray(raw) ? raw : [];
  const listed = new Set(entries.map((entry) => (isRecord(entry) ? entry["path"] : entry)));
  const disabled = !form.isEditable;
  const add = (entry: unknown) =>
    form.change([
      entries.length === 0
        ? { path: ["libraries"], value: [entry] }
        : { path: ["libraries", entries.length], value: entry, insert: true },
    ]);
  const addFile = () => {
    const trimmed = path.trim();
    if (trimmed === "" || listed.has(trimmed)) return;
    add({ path: trimmed });
    setPath("");
  };
  return (
    <SectionFrame
      id="libraries"
      title="Libraries"
      about="Pure JavaScript that scripts may load by require or import. Libraries of the catalogue work offline; a file of the workspace works too."
    >
      {entries.length === 0 && <p className="tpl-none">No libraries.</p>}
      <ul className="tpl-rows" aria-label="Libraries of this template">
        {entries.map((entry, index) => (
          <LibraryRow key={index} entry={entry} index={index} form={form} />
        ))}
      </ul>
      {typeof raw !== "object" && <p className="ui-note ui-note-problem">{form.problemAt(["libraries"])}</p>}
      <div className="tpl-add">
        <Combobox
          label="Add library"
          value={undefined}
          placeholder="Add from the catalogue…"
          icon={<Plus size={13} aria-hidden />}
          disabled={disabled}
          options={catalogue
            .filter((library) => !listed.has(library.id))
            .map((library) => ({ value: library.id, label: library.id, hint: library.summary }))}
          onChange={add}
        />
        <SuggestField
          label="Library file"
          labelHidden
          value={path}
          onChange={setPath}
          onSubmit={addFile}
          suggestions={files.filter((file) => /\.(js|mjs|cjs)$/.test(file) && !listed.has(file))}
          placeholder="or a file, such as lib/money.js"
          icon={<FolderOpen size={13} aria-hidden />}
          disabled={disabled}
          className="tpl-add-path"
        />
        <Button disabled={disabled || path.trim() === ""} onClick={addFile}>
          Add file
        </Button>
      </div>
    </SectionFrame>
  );
}

function LibraryRow({ entry, index, form }: { entry: unknown; index: number; form: TemplateForm }) {
  const { modules, tabs } = useWorkbench();
  const id = typeof entry === "string" ? entry : undefined;
  const library = useValue(modules.store, (state) => state.libraries.find((each) => each.id === id));
  const path = ["libraries", index] as const;
  const problem = form.problemAt(path);
  const name =
    id ?? (isRecord(entry) && typeof entry["path"] === "string" ? entry["path"] : `library ${index + 1}`);
  return (
    <li className="tpl-row" data-invalid={problem !== undefined || undefined}>
      <div className="tpl-row-main">
        {library === undefined ? (
          <span className="mono">{name}</span>
        ) : (
          <button
            type="button"
            className="mono tpl-link"
            onClick={() => tabs.open(moduleTab(library.id, "library"))}
          >
            {name}
          </button>
        )}
        <span className="muted tpl-row-note">
          {library === undefined
            ? ""
            : `${library.summary} · ${library.version} · ${library.license} · ${formatBytes(library.bytes)}${library.global === undefined ? "" : ` · global ${library.global}`}`}
        </span>
        {isRecord(entry) && (
          <TextField
            label={`Global name of ${name}`}
            labelHidden
            placeholder="global name (optional)"
            value={typeof entry["global"] === "string" ? entry["global"] : ""}
            onChange={(global) =>
              form.set([...path, "global"], global === "" ? undefined : global, `libraries.${index}.global`)
            }
            disabled={!form.isEditable}
            className="tpl-row-field"
          />
        )}
        <IconButton
          label={`Remove ${name}`}
          icon={<Trash2 aria-hidden />}
          disabled={!form.isEditable}
          onClick={() => form.set(path, undefined)}
        />
      </div>
      {problem !== undefined && <p className="ui-note ui-note-problem">{problem}</p>}
      <Remarks remarks={form.remarksAt(path)} />
    </li>
  );
}
