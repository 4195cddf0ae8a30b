import { Plus, X } from "lucide-react";
import { Button, IconButton, TextField } from "../../ui";

/** A row of the environment, while it is typed. */
export interface Variable {
  readonly key: number;
  readonly name: string;
  readonly value: string;
}

export const variablesOf = (env: Readonly<Record<string, string>>): readonly Variable[] =>
  Object.entries(env).map(([name, value], key) => ({ key, name, value }));

/** Rows without a name are not variables. */
export const environmentOf = (variables: readonly Variable[]): Record<string, string> =>
  Object.fromEntries(
    variables.filter(({ name }) => name.trim() !== "").map(({ name, value }) => [name.trim(), value]),
  );

/** Names and values that the script reads as `env`. */
export function EnvironmentFields({
  variables,
  onChange,
}: {
  variables: readonly Variable[];
  onChange(variables: readonly Variable[]): void;
}) {
  const change = (key: number, part: Partial<Variable>) =>
    onChange(variables.map((variable) => (variable.key === key ? { ...variable, ...part } : variable)));
  return (
    <fieldset className="input-env">
      <legend className="ui-label">Environment</legend>
      {variables.map(({ key, name, value }) => (
        <div key={key} className="input-variable">
          <TextField
            label="Name"
            labelHidden
            placeholder="NAME"
            value={name}
            onChange={(next) => change(key, { name: next })}
          />
          <TextField
            label={`Value of ${name || "the variable"}`}
            labelHidden
            placeholder="value"
            value={value}
            onChange={(next) => change(key, { value: next })}
          />
          <IconButton
            label={`Remove ${name || "the variable"}`}
            icon={<X aria-hidden />}
            onClick={() => onChange(variables.filter((variable) => variable.key !== key))}
          />
        </div>
      ))}
      <Button
        size="small"
        icon={<Plus size={13} aria-hidden />}
        onClick={() =>
          onChange([
            ...variables,
            { key: Math.max(-1, ...variables.map((variable) => variable.key)) + 1, name: "", value: "" },
          ])
        }
      >
        Add variable
      </Button>
    </fieldset>
  );
}
