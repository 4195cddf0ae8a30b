import { FolderOpen, FolderSearch, Plus, Trash2 } from "lucide-react";
import { Fragment, useState } from "react";
import { useWorkbench } from "../../../state/context";
import { newEntry } from "../../../state/configSchema";
import { isRecord } from "../../../../shared/model/json-change";
import {
  FieldNote,
  Button,
  Checkbox,
  ChipsField,
  IconButton,
  Select,
  SuggestField,
  TextArea,
  TextField,
} from "../../../ui";
import { NumberField } from "../NumberField";
import type { FieldViewProps } from "./ConfigForm";

/** One field of a configuration; its control follows from the schema. */
export function ConfigFieldView(props: FieldViewProps) {
  const { field, path, onChange, problemAt, paths, disabled } = props;
  const { control, label, noun, description } = field;
  const value = props.value ?? field.default;
  const problem = problemAt(path);
  const set = (next: unknown) => onChange(path, next);
  switch (control.kind) {
    case "boolean":
      return (
        <Checkbox
          label={label}
          checked={value === true}
          onChange={set}
          hint={problem ?? description}
          disabled={disabled}
        />
      );
    case "number":
      return (
        <NumberField
          label={label}
          value={value}
          unit={control.unit}
          onChange={set}
          problem={problem}
          hint={[description, rangeText(control.min, control.max)].filter(Boolean).join(" ")}
          disabled={disabled}
          className="config-narrow"
        />
      );
    case "choice":
      return <ChoiceField {...props} value={value} options={control.options} problem={problem} />;
    case "text":
      return control.isPath ? (
        <div className="config-path">
          <SuggestField
            label={label}
            value={textOf(value)}
            onChange={set}
            suggestions={paths}
            icon={<FolderOpen size={13} aria-hidden />}
            problem={problem}
            hint={description}
            disabled={disabled}
            className="config-path-text"
          />
          <ChooseFolder label={`Choose a folder for ${label}`} onChoose={set} disabled={disabled} />
        </div>
      ) : (
        <TextField
          label={label}
          value={textOf(value)}
          onChange={(next) => set(next === "" && field.default === undefined ? undefined : next)}
          problem={problem}
          hint={description}
          disabled={disabled}
        />
      );
    case "texts":
      return (
        <ChipsField
          label={label}
          noun={noun}
          values={textsOf(value)}
          onChange={set}
          suggestions={control.isPath ? paths : []}
          hint={description}
          problem={problem}
          empty="None is listed."
          disabled={disabled}
        />
      );
    case "choices":
      return (
        <fieldset className="config-choices">
          <legend className="ui-label">{label}</legend>
          {description !== undefined && <p className="ui-note">{description}</p>}
          <div className="config-choice-list">
            {control.options.map((option) => {
              const chosen = textsOf(value);
              return (
                <Checkbox
                  key={option}
                  label={option}
                  checked={chosen.includes(option)}
                  disabled={disabled}
                  onChange={(isOn) =>
                    set(control.options.filter((each) => (each === option ? isOn : chosen.includes(each))))
                  }
                />
              );
            })}
          </div>
          {problem !== undefined && <p className="ui-note ui-note-problem">{problem}</p>}
        </fieldset>
      );
    case "objects":
      return <ObjectList {...props} value={value} fields={control.fields} />;
    case "object":
      return (
        <fieldset className="config-object">
          <legend className="ui-label">{label}</legend>
          {description !== undefined && <p className="ui-note">{description}</p>}
          {control.fields.map((inner) => (
            <ConfigFieldView
              key={inner.name}
              {...props}
              field={inner}
              path={[...path, inner.name]}
              value={isRecord(value) ? value[inner.name] : undefined}
            />
          ))}
        </fieldset>
      );
    case "json":
      return <JsonField {...props} value={value} problem={problem} />;
  }
}

type Valued = FieldViewProps & { value: unknown };

function ChoiceField({
  field,
  path,
  value,
  onChange,
  options,
  problem,
  disabled,
}: Valued & { options: readonly string[]; problem: string | undefined }) {
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

/** Granted roots and other lists of small objects: one row each. */
function ObjectList({
  field,
  path,
  value,
  fields,
  onChange,
  problemAt,
  paths,
  disabled,
}: Valued & { fields: readonly FieldViewProps["field"][] }) {
  const rows: unknown[] = Array.isArray(value) ? value : [];
  const { noun } = field;
  return (
    <fieldset className="config-objects">
      <legend className="ui-label">{field.label}</legend>
      {field.description !== undefined && <p className="ui-note">{field.description}</p>}
      {rows.length === 0 && <p className="ui-note">No {noun} is granted: everything is refused.</p>}
      <ul className="config-rows" aria-label={field.label}>
        {rows.map((row, index) => {
          const record = isRecord(row) ? row : {};
          const rowProblem = problemAt([...path, index]);
          return (
            <li key={index} className="config-row">
              {fields.map((inner) => {
                const label = `${inner.label} of ${noun} ${index + 1}`;
                const innerPath = [...path, index, inner.name];
                const innerValue = record[inner.name] ?? inner.default;
                const set = (next: unknown) =>
                  onChange(
                    path,
                    rows.map((each, other) => (other === index ? { ...record, [inner.name]: next } : each)),
                  );
                if (inner.control.kind === "choice") {
                  return (
                    <Select
                      key={inner.name}
                      label={label}
                      value={textOf(innerValue)}
                      options={inner.control.options.map((each) => ({
                        value: each,
                        label: each.replaceAll("-", " and "),
                      }))}
                      onChange={set}
                      disabled={disabled}
                      className="config-row-choice"
                    />
                  );
                }
                if (inner.control.kind === "text" && inner.control.isPath) {
                  return (
                    <Fragment key={inner.name}>
                      <SuggestField
                        label={label}
                        labelHidden
                        value={textOf(innerValue)}
                        suggestions={paths}
                        onChange={set}
                        placeholder="Folder or file, “.” is the workspace"
                        icon={<FolderOpen size={13} aria-hidden />}
                        problem={rowProblem}
                        disabled={disabled}
                        className="config-row-text"
                      />
                      <ChooseFolder
                        label={`Choose a folder for ${noun} ${index + 1}`}
                        onChoose={set}
                        disabled={disabled}
                      />
                    </Fragment>
                  );
                }
                return (
                  <div key={inner.name} className="config-row-text">
                    <ConfigFieldView
                      field={{ ...inner, label, description: undefined }}
                      path={innerPath}
                      value={innerValue}
                      onChange={(_path, next) => set(next)}
                      problemAt={problemAt}
                      paths={paths}
                      disabled={disabled}
                    />
                  </div>
                );
              })}
              <IconButton
                label={`Remove ${noun} ${index + 1}`}
                icon={<Trash2 aria-hidden />}
                disabled={disabled}
                onClick={() =>
                  onChange(
                    path,
                    rows.filter((_, other) => other !== index),
                  )
                }
              />
            </li>
          );
        })}
      </ul>
      <Button
        size="small"
        variant="quiet"
        icon={<Plus size={13} aria-hidden />}
        disabled={disabled}
        onClick={() => onChange(path, [...rows, newEntry(fields)])}
      >
        Add {noun}
      </Button>
    </fieldset>
  );
}

/** Asks the system for a folder and takes it as the workspace names it. */
function ChooseFolder({
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
function JsonField({
  field,
  path,
  value,
  onChange,
  problem,
  disabled,
}: Valued & { problem: string | undefined }) {
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

const textOf = (value: unknown): string =>
  typeof value === "string" ? value : value === undefined ? "" : JSON.stringify(value);
const textsOf = (value: unknown): string[] => (Array.isArray(value) ? value.map(textOf) : []);

function rangeText(min: number | undefined, max: number | undefined): string {
  if (min !== undefined && max !== undefined)
    return `${min.toLocaleString("en-US")} to ${max.toLocaleString("en-US")}.`;
  if (min !== undefined) return `At least ${min.toLocaleString("en-US")}.`;
  return max === undefined ? "" : `At most ${max.toLocaleString("en-US")}.`;
}
