import { ArrowDown, ArrowUp, FileCode, FlaskConical, GripVertical, Trash2 } from "lucide-react";
import { useRef, useState, type KeyboardEvent } from "react";
import { useWorkbench } from "../../../state/context";
import { isRecord } from "../../../../shared/model/json-change";
import { Button, cx, IconButton, Select, SuggestField } from "../../../ui";
import { dryRun } from "../dialogs/dryRun";
import { Remarks, SectionFrame } from "../SectionFrame";
import { useWorkbenchPaths } from "../../../state/usePaths";
import type { TemplateForm } from "../useTemplate";

const DRAG_TYPE = "application/x-workbench-startup";
const MODES = [
  { value: "eval", label: "as a script" },
  { value: "import", label: "as an ES module" },
] as const;

/** Scripts that run when a session starts, in order. */
export function Startup({ form }: { form: TemplateForm }) {
  const workbench = useWorkbench();
  const { scripts } = useWorkbenchPaths();
  const [path, setPath] = useState("");
  const list = useRef<HTMLOListElement>(null);
  const raw = form.get(["startup"]);
  const entries: readonly unknown[] = Array.isArray(raw) ? raw : [];
  const disabled = !form.isEditable;
  const listed = new Set(entries.map((entry) => (isRecord(entry) ? entry["path"] : undefined)));

  const add = () => {
    const trimmed = path.trim();
    if (trimmed === "" || listed.has(trimmed)) return;
    const entry = { path: trimmed, mode: "eval" };
    form.change([
      entries.length === 0
        ? { path: ["startup"], value: [entry] }
        : { path: ["startup", entries.length], value: entry, insert: true },
    ]);
    setPath("");
  };
  const move = (from: number, to: number) => {
    const entry = entries[from];
    if (to < 0 || to >= entries.length || from === to || entry === undefined) return;
    const others = entries.filter((_, index) => index !== from);
    form.set(["startup"], [...others.slice(0, to), entry, ...others.slice(to)]);
    workbench.announcer.say(`${nameOf(entry)} runs as number ${to + 1} of ${entries.length}.`);
    // The row keeps the focus while it moves.
    requestAnimationFrame(() => {
      const row = list.current?.children[to];
      if (row instanceof HTMLElement) row.focus();
    });
  };

  return (
    <SectionFrame
      id="startup"
      title="Startup files"
      about="Scripts that run when a session starts, in this order and under the same limits. When one fails, the session does not start."
      actions={
        entries.length > 0 && (
          <Button
            size="small"
            icon={<FlaskConical size={13} aria-hidden />}
            onClick={() => dryRun(workbench, form.file)}
          >
            Dry run
          </Button>
        )
      }
    >
      {entries.length === 0 && <p className="tpl-none">No startup files.</p>}
      <ol ref={list} className="tpl-rows" aria-label="Startup files of this template">
        {entries.map((entry, index) => (
          <StartupRow
            key={`${nameOf(entry)}:${index}`}
            entry={entry}
            index={index}
            count={entries.length}
            form={form}
            move={move}
          />
        ))}
      </ol>
      {form.has(["startup"]) && !Array.isArray(raw) && (
        <p className="ui-note ui-note-problem">{form.problemAt(["startup"])}</p>
      )}
      <div className="tpl-add">
        <SuggestField
          label="Startup file"
          labelHidden
          value={path}
          onChange={setPath}
          onSubmit={add}
          suggestions={scripts.filter((script) => !listed.has(script))}
          placeholder="Script, such as scripts/setup.js"
          icon={<FileCode size={13} aria-hidden />}
          disabled={disabled}
          className="tpl-add-path"
        />
        <Button disabled={disabled || path.trim() === ""} onClick={add}>
          Add startup file
        </Button>
      </div>
    </SectionFrame>
  );
}

const nameOf = (entry: unknown): string =>
  isRecord(entry) && typeof entry["path"] === "string" ? entry["path"] : "?";

interface StartupRowProps {
  entry: unknown;
  index: number;
  count: number;
  form: TemplateForm;
  move(from: number, to: number): void;
}

function StartupRow({ entry, index, count, form, move }: StartupRowProps) {
  const { reveal } = useWorkbench();
  const [isTarget, setTarget] = useState(false);
  const name = nameOf(entry);
  const path = ["startup", index] as const;
  const problem = form.problemAt(path);
  const mode = isRecord(entry) && entry["mode"] === "import" ? "import" : "eval";
  const disabled = !form.isEditable;
  const onKeyDown = (event: KeyboardEvent) => {
    if (!event.altKey || (event.key !== "ArrowUp" && event.key !== "ArrowDown") || disabled) return;
    event.preventDefault();
    move(index, index + (event.key === "ArrowUp" ? -1 : 1));
  };
  return (
    <li
      className={cx("tpl-row", isTarget && "tpl-row-target")}
      data-invalid={problem !== undefined || undefined}
      tabIndex={0}
      aria-label={`${index + 1}. ${name}`}
      aria-description="Alt and the arrow keys move it"
      draggable={!disabled}
      onKeyDown={onKeyDown}
      onDragStart={(event) => {
        event.dataTransfer.setData(DRAG_TYPE, String(index));
        event.dataTransfer.effectAllowed = "move";
      }}
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes(DRAG_TYPE)) return;
        event.preventDefault();
        setTarget(true);
      }}
      onDragLeave={() => setTarget(false)}
      onDrop={(event) => {
        setTarget(false);
        const from = event.dataTransfer.getData(DRAG_TYPE);
        if (from === "") return;
        event.preventDefault();
        move(Number(from), index);
      }}
    >
      <div className="tpl-row-main">
        <GripVertical size={14} aria-hidden className="tpl-grip" />
        <span className="tpl-row-number">{index + 1}</span>
        <button
          type="button"
          className="mono tpl-link tpl-row-grow"
          onClick={() => reveal.show({ path: name })}
        >
          {name}
        </button>
        <Select
          label={`Mode of ${name}`}
          value={mode}
          options={MODES}
          onChange={(next) => form.set([...path, "mode"], next)}
          disabled={disabled}
          className="tpl-row-mode"
        />
        <IconButton
          label={`Move ${name} up`}
          icon={<ArrowUp aria-hidden />}
          disabled={disabled || index === 0}
          onClick={() => move(index, index - 1)}
        />
        <IconButton
          label={`Move ${name} down`}
          icon={<ArrowDown aria-hidden />}
          disabled={disabled || index === count - 1}
          onClick={() => move(index, index + 1)}
        />
        <IconButton
          label={`Remove ${name}`}
          icon={<Trash2 aria-hidden />}
          disabled={disabled}
          onClick={() => form.set(path, undefined)}
        />
      </div>
      {problem !== undefined && <p className="ui-note ui-note-problem">{problem}</p>}
      <Remarks remarks={form.remarksAt(path)} />
    </li>
  );
}
