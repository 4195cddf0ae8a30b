import { FolderOpen, FolderSearch } from "lucide-react";
import { useState } from "react";
import { useWorkbench } from "../../../state/context";
import { Checkbox, FieldNote, IconButton, Select, SuggestField, TextArea } from "../../../ui";
import { textOf, textsOf, type ControlProps } from "./field";

/** One of a few values; another one that stands in the file is offered too. */
export function ChoiceField({
  field,
  path,
  value,
  onChange,
  options,
  problem,
  disabled,
}: ControlProps & { options: readonly string[] }) {
  const current = textOf(value);
  const choices = options.includes(current) || current === "" ? options : [...options, current];
  return (
    <div className="ui-field config-narrow">
      <span className="ui-label" aria-hidden>
        {field.label}
      </span>
      <Select
        label={field.label}
        value={current}
        options={choices.map((each) => ({ value: each, label: each }))}
        onChange={(next) => onChange(path, next)}
        disabled={disabled}
      />
      <FieldNote hint={field.description} problem={problem} />
    </div>
  );
}

/** Some of a few values. */
export function ChoicesField({
  field,
  path,
  value,
  onChange,
  options,
  problem,
  disabled,
}: ControlProps & { options: readonly string[] }) {
  const chosen = textsOf(value);
  return (
    <fieldset className="config-choices">
      <legend className="ui-label">{field.label}</legend>
      {field.description !== undefined && <p className="ui-note">{field.description}</p>}
      <div className="config-choice-list">
        {options.map((option) => (
          <Checkbox
            key={option}
            label={option}
            checked={chosen.includes(option)}
            disabled={disabled}
            onChange={(isOn) =>
              onChange(
                path,
                options.filter((each) => (each === option ? isOn : chosen.includes(each))),
              )
            }
          />
        ))}
      </div>
      {problem !== undefined && <p className="ui-note ui-note-problem">{problem}</p>}
    </fieldset>
  );
}

/** A path, with those of the workspace to choose from, and the system's dialog for folders. */
export function PathField({ field, path, value, onChange, problem, paths, disabled }: ControlProps) {
  const set = (next: string) => onChange(path, next);
  return (
    <div className="config-path">
      <SuggestField
        label={field.label}
        value={textOf(value)}
        onChange={set}
        suggestions={paths}
        icon={<FolderOpen size={13} aria-hidden />}
        problem={problem}
        hint={field.description}
        disabled={disabled}
        className="config-path-text"
      />
      <ChooseFolder label={`Choose a folder for ${field.label}`} onChoose={set} disabled={disabled} />
    </div>
  );
}

/** Asks the system for a folder and takes it as the workspace names it. */
export function ChooseFolder({
  label,
  onChoose,
  disabled,
}: {
  label: string;
  onChoose(path: string): void;
  disabled: boolean;
}) {
  const { files, notices } = useWorkbench();
  return (
    <IconButton
      label={label}
      icon={<FolderSearch aria-hidden />}
      disabled={disabled}
      onClick={() =>
        notices.attempt(async () => {
          const path = await files.chooseFolder();
          if (path !== undefined) onChoose(path);
        })
      }
    />
  );
}

/** What no control fits is written as JSON; the text is taken over whenever it can be read. */
export function JsonField({ field, path, value, onChange, problem, disabled }: ControlProps) {
  const [typed, setTyped] = useState<string>();
  const [fault, setFault] = useState<string>();
  return (
    <TextArea
      label={`${field.label} (JSON)`}
      rows={4}
      className="mono"
      value={typed ?? JSON.stringify(value ?? null, null, 2)}
      hint={field.description}
      problem={fault ?? problem}
      disabled={disabled}
      onBlur={() => fault === undefined && setTyped(undefined)}
      onChange={(text) => {
        setTyped(text);
        try {
          onChange(path, JSON.parse(text));
          setFault(undefined);
        } catch (error) {
          setFault(`This is not JSON yet: ${error instanceof Error ? error.message : String(error)}`);
        }
      }}
    />
  );
}
