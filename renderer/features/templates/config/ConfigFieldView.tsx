import { FolderOpen, Plus, Trash2 } from "lucide-react";
import { isRecord } from "../../../../shared/model/json-change";
import { newEntry } from "../../../state/configSchema";
import { Button, Checkbox, ChipsField, IconButton, Select, SuggestField, TextField } from "../../../ui";
import { NumberField } from "../NumberField";
import { ChoiceField, ChoicesField, ChooseFolder, JsonField, PathField } from "./controls";
import { textOf, textsOf, type ControlProps, type FieldViewProps } from "./field";

/** One field of a configuration; its control follows from the schema. */
export function ConfigFieldView(props: FieldViewProps) {
  const { field, path, onChange, problemAt, paths, disabled } = props;
  const { control, label, noun, description } = field;
  const value = props.value ?? field.default;
  const problem = problemAt(path);
  const set = (next: unknown) => onChange(path, next);
  const valued: ControlProps = { ...props, value, problem };
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
      return <ChoiceField {...valued} options={control.options} />;
    case "text":
      return control.isPath ? (
        <PathField {...valued} />
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
      return <ChoicesField {...valued} options={control.options} />;
    case "objects":
      return <ObjectList {...valued} fields={control.fields} />;
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
      return <JsonField {...valued} />;
  }
}

/** Granted roots and other lists of small objects: one row each. */
function ObjectList(props: FieldViewProps & { fields: readonly FieldViewProps["field"][] }) {
  const { field, path, value, fields, onChange, problemAt, disabled } = props;
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
          const change = (key: string, next: unknown) =>
            onChange(
              path,
              rows.map((each, other) => (other === index ? { ...record, [key]: next } : each)),
            );
          return (
            <li key={index} className="config-row">
              {fields.map((inner) => (
                <RowField
                  key={inner.name}
                  {...props}
                  field={inner}
                  path={[...path, index, inner.name]}
                  value={record[inner.name] ?? inner.default}
                  row={`${noun} ${index + 1}`}
                  rowProblem={problemAt([...path, index])}
                  onChange={(_path, next) => change(inner.name, next)}
                />
              ))}
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

/** One field of a row; `row` says which, such as "folder 2". */
function RowField({
  row,
  rowProblem,
  ...props
}: FieldViewProps & { row: string; rowProblem: string | undefined }) {
  const { field, path, value, onChange, paths, disabled } = props;
  const label = `${field.label} of ${row}`;
  const set = (next: unknown) => onChange(path, next);
  if (field.control.kind === "choice") {
    return (
      <Select
        label={label}
        value={textOf(value)}
        options={field.control.options.map((each) => ({ value: each, label: each.replaceAll("-", " and ") }))}
        onChange={set}
        disabled={disabled}
        className="config-row-choice"
      />
    );
  }
  if (field.control.kind === "text" && field.control.isPath) {
    return (
      <>
        <SuggestField
          label={label}
          labelHidden
          value={textOf(value)}
          suggestions={paths}
          onChange={set}
          placeholder="Folder or file, “.” is the workspace"
          icon={<FolderOpen size={13} aria-hidden />}
          problem={rowProblem}
          disabled={disabled}
          className="config-row-text"
        />
        <ChooseFolder label={`Choose a folder for ${row}`} onChoose={set} disabled={disabled} />
      </>
    );
  }
  return (
    <div className="config-row-text">
      <ConfigFieldView {...props} field={{ ...field, label, description: undefined }} />
    </div>
  );
}

function rangeText(min: number | undefined, max: number | undefined): string {
  if (min !== undefined && max !== undefined)
    return `${min.toLocaleString("en-US")} to ${max.toLocaleString("en-US")}.`;
  if (min !== undefined) return `At least ${min.toLocaleString("en-US")}.`;
  return max === undefined ? "" : `At most ${max.toLocaleString("en-US")}.`;
}
