import { Plus, X } from "lucide-react";
import { useState } from "react";
import { baseName } from "../../state/paths";
import { parseArgs, type ScriptInput } from "../../state/run";
import type { Workbench } from "../../state/workbench";
import { Button, Dialog, IconButton, TextArea, TextField } from "../../ui";

/** Asks for a script's arguments and environment; they are remembered for the script. */
export async function askScriptInput(workbench: Workbench, script: string): Promise<void> {
  const input = await workbench.dialogs.ask<ScriptInput>((close) => (
    <ScriptInputDialog script={script} initial={workbench.run.inputOf(script)} close={close} />
  ));
  if (input !== undefined) workbench.run.setInput(script, input);
}

interface Variable {
  readonly key: number;
  readonly name: string;
  readonly value: string;
}

function ScriptInputDialog({
  script,
  initial,
  close,
}: {
  script: string;
  initial: ScriptInput;
  close(input?: ScriptInput): void;
}) {
  const [args, setArgs] = useState(initial.args);
  const [variables, setVariables] = useState<readonly Variable[]>(() =>
    Object.entries(initial.env).map(([name, value], key) => ({ key, name, value })),
  );
  const problem = problemOf(args);
  const change = (key: number, part: Partial<Variable>) =>
    setVariables(variables.map((variable) => (variable.key === key ? { ...variable, ...part } : variable)));
  const save = () => {
    const env = Object.fromEntries(
      variables.filter(({ name }) => name.trim() !== "").map(({ name, value }) => [name.trim(), value]),
    );
    close({ args, env });
  };
  return (
    <Dialog
      title={`Arguments of ${baseName(script)}`}
      open
      onClose={() => close()}
      description="The script reads them as the globals args and env. They are kept for this script."
      actions={
        <>
          <Button onClick={() => close()}>Cancel</Button>
          <Button variant="primary" disabled={problem !== undefined} onClick={save}>
            Save
          </Button>
        </>
      }
    >
      <div className="input-form">
        <TextArea
          label="Arguments (JSON)"
          className="mono-field"
          rows={5}
          value={args}
          onChange={setArgs}
          problem={problem}
          hint={'Any JSON value, for example {"days": 7}'}
        />
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
                onClick={() => setVariables(variables.filter((variable) => variable.key !== key))}
              />
            </div>
          ))}
          <Button
            size="small"
            icon={<Plus size={13} aria-hidden />}
            onClick={() =>
              setVariables([
                ...variables,
                { key: Math.max(-1, ...variables.map((variable) => variable.key)) + 1, name: "", value: "" },
              ])
            }
          >
            Add variable
          </Button>
        </fieldset>
      </div>
    </Dialog>
  );
}

function problemOf(args: string): string | undefined {
  if (args.trim() === "") return undefined;
  try {
    parseArgs(args);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
