import { RotateCcw } from "lucide-react";
import type { TemplateProblem } from "../../../../shared/ipc/templates";
import { configFields, type ConfigField } from "../../../state/configSchema";
import { isRecord } from "../../../../shared/model/json-change";
import { valueAt } from "../../../state/jsonText";
import { IconButton } from "../../../ui";
import { ConfigFieldView } from "./ConfigFieldView";
import type { ConfigPath } from "./field";
import "./config.css";

interface ConfigFormProps {
  /** JSON Schema of the module's configuration. */
  schema: unknown;
  value: Readonly<Record<string, unknown>>;
  /** `undefined` takes the field out: its denying default applies. */
  onChange(path: ConfigPath, value: unknown): void;
  problems: readonly Pick<TemplateProblem, "path" | "error">[];
  /** Folders and files of the workspace, for paths. */
  paths: readonly string[];
  disabled?: boolean;
}

/** A module's configuration as a form, made from its schema. */
export function ConfigForm({ schema, value, onChange, problems, paths, disabled = false }: ConfigFormProps) {
  const fields = configFields(schema);
  if (fields.length === 0)
    return <p className="muted config-none">There is nothing to configure: it computes only.</p>;
  const known = new Set(fields.map((field) => field.name));
  const unknown = Object.keys(value).filter((key) => !known.has(key));
  return (
    <div className="config-form">
      {fields.map((field) => (
        <div key={field.name} className="config-field">
          <ConfigFieldView
            field={field}
            path={[field.name]}
            value={value[field.name]}
            onChange={onChange}
            problemAt={(path) => problemAt(problems, path)}
            paths={paths}
            disabled={disabled}
          />
          {!disabled && !isDefault(field, value[field.name]) && (
            <IconButton
              label={`Reset ${field.label} to its default`}
              className="config-reset"
              icon={<RotateCcw aria-hidden />}
              onClick={() => onChange([field.name], undefined)}
            />
          )}
        </div>
      ))}
      {unknown.map((key) => (
        <p key={key} className="ui-note ui-note-problem">
          {problemAt(problems, [key]) ?? `“${key}” is not a field of this module.`}
        </p>
      ))}
    </div>
  );
}

const isDefault = (field: ConfigField, value: unknown): boolean =>
  value === undefined || JSON.stringify(value) === JSON.stringify(field.default);

/** The problem at exactly this place or below it. */
export function problemAt(
  problems: readonly Pick<TemplateProblem, "path" | "error">[],
  path: ConfigPath,
): string | undefined {
  return problems.find((problem) => path.every((key, index) => problem.path[index] === key))?.error.message;
}

/** The configuration with one value changed; used where there is no text to edit yet. */
export function withValue(
  config: Readonly<Record<string, unknown>>,
  path: ConfigPath,
  value: unknown,
): Record<string, unknown> {
  const [key, ...rest] = path;
  if (key === undefined) return isRecord(value) ? value : {};
  return Object.fromEntries(
    Object.entries({ ...config, [key]: deepSet(valueAt(config, [key]), rest, value) }).filter(
      ([, each]) => each !== undefined,
    ),
  );
}

function deepSet(current: unknown, path: ConfigPath, value: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  if (Array.isArray(current)) {
    const index = Number(key);
    const items: unknown[] = current.map((item: unknown) => item);
    const next = deepSet(items[index], rest, value);
    if (next === undefined) items.splice(index, 1);
    else items[index] = next;
    return items;
  }
  return withValue(isRecord(current) ? current : {}, path, value);
}
