import { File, FolderOpen } from "lucide-react";
import { useId } from "react";
import { defaultOf } from "../../../shared/model/arguments";
import type { Parameter } from "../../../shared/model/parameters";
import { Checkbox, ChipsField, cx, FieldNote, Select, SuggestField, Switch, TextField } from "../../ui";
import type { FieldValue } from "./formValues";

interface ParameterFieldProps {
  parameter: Parameter;
  value: FieldValue;
  onChange(value: FieldValue): void;
  problem: string | undefined;
  /** Files and folders of the workspace, for parameters that name one. */
  paths: { readonly files: readonly string[]; readonly folders: readonly string[] };
}

/** Stands for "nothing given" in a list of choices, which may hold any text. */
const NONE = "\u0000none";

/** One parameter of a script; its control follows from its type. */
export function ParameterField(props: ParameterFieldProps) {
  const { parameter, value, onChange, problem, paths } = props;
  const { name, type, presence, description } = parameter;
  const shared = {
    label: name,
    problem,
    ...(description === "" ? {} : { hint: description }),
    className: cx("param", presence === "required" && "param-required"),
  };
  const text = typeof value === "string" ? value : "";
  switch (type.kind) {
    case "boolean":
      return <SwitchField parameter={parameter} isOn={value === true} onChange={onChange} />;
    case "choice":
      return <ChoiceField {...props} choices={type.choices} value={text} />;
    case "list":
      return <ListField {...props} of={type.of} values={typeof value === "object" ? value : []} />;
    case "file":
    case "folder":
      return (
        <SuggestField
          {...shared}
          value={text}
          onChange={onChange}
          suggestions={type.kind === "file" ? paths.files : paths.folders}
          placeholder={placeholderOf(parameter)}
          required={presence === "required"}
          icon={type.kind === "file" ? <File size={13} aria-hidden /> : <FolderOpen size={13} aria-hidden />}
        />
      );
    case "number":
    case "integer":
      return (
        <TextField
          {...shared}
          value={text}
          onChange={onChange}
          inputMode={type.kind === "integer" ? "numeric" : "decimal"}
          unit={type.kind === "integer" ? "whole number" : "number"}
          placeholder={placeholderOf(parameter)}
          required={presence === "required"}
        />
      );
    case "date":
    case "string":
      return (
        <TextField
          {...shared}
          value={text}
          onChange={onChange}
          placeholder={placeholderOf(parameter)}
          required={presence === "required"}
          {...(type.kind === "date" ? { unit: "date" } : {})}
        />
      );
  }
}

function placeholderOf(parameter: Parameter): string {
  const fallback = defaultOf(parameter);
  if (fallback !== undefined) return String(fallback);
  if (parameter.type.kind === "date") return "YYYY-MM-DD";
  return "";
}

function SwitchField({
  parameter: { name, description },
  isOn,
  onChange,
}: {
  parameter: Parameter;
  isOn: boolean;
  onChange(value: boolean): void;
}) {
  const id = useId();
  return (
    <div className="param param-switch">
      <div>
        <span className="ui-label" aria-hidden>
          {name}
        </span>
        {description !== "" && (
          <p id={id} className="ui-note">
            {description}
          </p>
        )}
      </div>
      <Switch
        label={name}
        checked={isOn}
        onChange={onChange}
        describedBy={description === "" ? undefined : id}
      />
    </div>
  );
}

function ChoiceField({
  parameter,
  choices,
  value,
  onChange,
  problem,
}: Omit<ParameterFieldProps, "value"> & { choices: readonly string[]; value: string }) {
  const id = useId();
  const { name, presence, description } = parameter;
  const hint = description === "" ? undefined : description;
  const isClearable = presence === "optional" && defaultOf(parameter) === undefined;
  const options = choices.map((choice) => ({ value: choice, label: choice }));
  return (
    <div className={cx("ui-field", "param", presence === "required" && "param-required")}>
      <span className="ui-label" aria-hidden>
        {name}
      </span>
      <Select
        label={name}
        value={value === "" && isClearable ? NONE : value}
        options={isClearable ? [{ value: NONE, label: "Not given" }, ...options] : options}
        onChange={(next) => onChange(next === NONE ? "" : next)}
        placeholder="Choose"
        describedBy={(problem ?? hint) === undefined ? undefined : id}
        invalid={problem !== undefined}
        required={presence === "required"}
      />
      <FieldNote id={id} hint={hint} problem={problem} />
    </div>
  );
}

function ListField({
  parameter: { name, presence, description },
  of,
  values,
  onChange,
  problem,
  paths,
}: ParameterFieldProps & {
  of: Extract<Parameter["type"], { kind: "list" }>["of"];
  values: readonly string[];
}) {
  if (of.kind === "choice") {
    return (
      <fieldset className={cx("param", "param-choices", presence === "required" && "param-required")}>
        <legend className="ui-label">{name}</legend>
        {description !== "" && <p className="ui-note">{description}</p>}
        {of.choices.map((choice) => (
          <Checkbox
            key={choice}
            label={choice}
            checked={values.includes(choice)}
            onChange={(isOn) =>
              onChange(of.choices.filter((each) => (each === choice ? isOn : values.includes(each))))
            }
          />
        ))}
        {problem !== undefined && <p className="ui-note ui-note-problem">{problem}</p>}
      </fieldset>
    );
  }
  return (
    <div className={cx("param", presence === "required" && "param-required")}>
      <ChipsField
        label={name}
        noun={NOUNS[of.kind]}
        values={values}
        onChange={onChange}
        suggestions={of.kind === "file" ? paths.files : of.kind === "folder" ? paths.folders : []}
        hint={description === "" ? undefined : description}
        problem={problem}
      />
    </div>
  );
}

const NOUNS = {
  string: "text",
  number: "number",
  integer: "whole number",
  boolean: "entry",
  date: "date",
  file: "file",
  folder: "folder",
} as const;
