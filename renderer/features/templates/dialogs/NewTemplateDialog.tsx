import { Copy, FileCode, FilePlus2, ShieldCheck } from "lucide-react";
import { RadioGroup } from "radix-ui";
import { useEffect, useId, useState, type ReactNode } from "react";
import { useValue, useWorkbench } from "../../../state/context";
import type { TemplatePreset } from "../../../state/templates";
import { Button, Combobox, Dialog, SuggestField, TextField } from "../../../ui";
import { useWorkbenchPaths } from "../../../state/usePaths";
import "./dialogs.css";

export interface NewTemplate {
  readonly name: string;
  readonly from:
    | { readonly kind: "scratch" }
    | { readonly kind: "preset"; readonly id: string }
    | { readonly kind: "duplicate"; readonly file: string }
    | { readonly kind: "script"; readonly path: string };
}

/** Asks for a name and for what the template starts from; says what each permits before anything is written. */
export function NewTemplateDialog({ close }: { close(wanted?: NewTemplate): void }) {
  const { templates, run, notices } = useWorkbench();
  const entries = useValue(templates.store, (state) => state.templates);
  const script = useValue(run.store, (state) => state.script);
  const inUse = useValue(run.store, (state) => state.template);
  const { scripts } = useWorkbenchPaths();
  const [presets, setPresets] = useState<readonly TemplatePreset[]>([]);
  const [name, setName] = useState("");
  const [start, setStart] = useState("scratch");
  const [source, setSource] = useState<string>();
  const [path, setPath] = useState(script ?? "");
  const usable = entries.filter((entry) => entry.template !== undefined);
  const copied = usable.find((entry) => entry.file === (source ?? inUse)) ?? usable[0];

  useEffect(() => {
    let isCurrent = true;
    notices.attempt(async () => {
      const found = await templates.presets();
      if (isCurrent) setPresets(found);
    });
    return () => {
      isCurrent = false;
    };
  }, [templates, notices]);

  const trimmed = name.trim();
  const isTaken = entries.some((entry) => entry.name.toLowerCase() === trimmed.toLowerCase());
  const from = startOf(start, copied?.file, path.trim());
  const isReady = trimmed !== "" && !isTaken && from !== undefined;
  const create = () => {
    if (isReady) close({ name: trimmed, from });
  };

  return (
    <Dialog
      title="New template"
      open
      onClose={() => close()}
      size="medium"
      actions={
        <>
          <Button onClick={() => close()}>Cancel</Button>
          <Button variant="primary" disabled={!isReady} onClick={create}>
            Create
          </Button>
        </>
      }
    >
      <div className="new-template">
        <TextField
          label="Name"
          value={name}
          onChange={setName}
          autoFocus
          problem={isTaken ? `A template named “${trimmed}” exists already.` : undefined}
          onKeyDown={(event) => event.key === "Enter" && create()}
        />
        <RadioGroup.Root
          className="new-choices"
          aria-label="Start from"
          value={start}
          onValueChange={setStart}
        >
          <Choice
            value="scratch"
            title="Scratch"
            icon={<FilePlus2 aria-hidden />}
            summary="No modules: scripts compute only."
          />
          {presets.map((preset) => (
            <Choice
              key={preset.id}
              value={`preset:${preset.id}`}
              title={preset.title}
              icon={<ShieldCheck aria-hidden />}
              summary={preset.summary}
              effects={start === `preset:${preset.id}` ? preset.effects : []}
            />
          ))}
          {usable.length > 0 && (
            <Choice
              value="duplicate"
              title="A copy of another template"
              icon={<Copy aria-hidden />}
              summary="Same policy, an identity of its own."
              effects={start === "duplicate" ? (copied?.effects ?? []) : []}
            >
              {start === "duplicate" && (
                <Combobox
                  label="Template to copy"
                  value={copied?.file}
                  options={usable.map((entry) => ({ value: entry.file, label: entry.name }))}
                  onChange={setSource}
                />
              )}
            </Choice>
          )}
          <Choice
            value="script"
            title="What a script needs"
            icon={<FileCode aria-hidden />}
            summary="The modules and libraries that it and its own files load, with the folders that it names."
          >
            {start === "script" && (
              <SuggestField
                label="Script to read"
                labelHidden
                value={path}
                onChange={setPath}
                suggestions={scripts}
                placeholder="scripts/report.js"
              />
            )}
          </Choice>
        </RadioGroup.Root>
      </div>
    </Dialog>
  );
}

function startOf(start: string, file: string | undefined, path: string): NewTemplate["from"] | undefined {
  if (start === "scratch") return { kind: "scratch" };
  if (start.startsWith("preset:")) return { kind: "preset", id: start.slice("preset:".length) };
  if (start === "duplicate") return file === undefined ? undefined : { kind: "duplicate", file };
  return path === "" ? undefined : { kind: "script", path };
}

interface ChoiceProps {
  value: string;
  title: string;
  summary: string;
  icon: ReactNode;
  effects?: readonly string[];
  children?: ReactNode;
}

function Choice({ value, title, summary, icon, effects = [], children }: ChoiceProps) {
  const id = useId();
  return (
    <div className="new-choice">
      <RadioGroup.Item
        id={id}
        value={value}
        className="ui-radio new-choice-item"
        aria-describedby={`${id}-summary`}
      >
        <span className="new-choice-mark">
          <RadioGroup.Indicator />
        </span>
      </RadioGroup.Item>
      <label htmlFor={id} className="new-choice-label">
        <span className="new-choice-title">
          {icon}
          {title}
        </span>
        <span id={`${id}-summary`} className="new-choice-summary">
          {summary}
        </span>
      </label>
      {(effects.length > 0 || (children !== undefined && children !== false)) && (
        <div className="new-choice-more">
          {effects.length > 0 && (
            <ul className="tpl-effects" aria-label="What it permits">
              {effects.map((effect) => (
                <li key={effect}>may {effect}</li>
              ))}
            </ul>
          )}
          {children}
        </div>
      )}
    </div>
  );
}
