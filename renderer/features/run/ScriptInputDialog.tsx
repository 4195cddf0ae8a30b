import { RotateCcw } from "lucide-react";
import { useRef, useState } from "react";
import { flushSync } from "react-dom";
import { resolveArguments } from "../../../shared/model/arguments";
import type { Declaration, Parameter } from "../../../shared/model/parameters";
import {
  argumentsText,
  readDeclaration,
  rememberedArguments,
  type ArgumentValues,
} from "../../state/parameters";
import { baseName } from "../../state/paths";
import { parseArgs, type ScriptInput } from "../../state/run";
import { useWorkbenchPaths } from "../../state/usePaths";
import type { Workbench } from "../../state/workbench";
import { Button, Callout, Dialog, TextArea } from "../../ui";
import { EnvironmentFields, environmentOf, variablesOf } from "./EnvironmentFields";
import { formValues, givenValues } from "./formValues";
import { ParameterField } from "./ParameterField";

/** What the user wants with the arguments: keep them, or keep them and run. */
export type InputOutcome = "saved" | "run";

interface InputRequest {
  /** What the form starts with instead of what is remembered. */
  readonly start?: Partial<ScriptInput>;
  /** `refused`: a run was refused for its arguments, so the form says at once what is missing. */
  readonly reason: "edit" | "refused";
}

/** Asks for a script's arguments and environment; they are remembered for the script. */
export async function askScriptInput(
  workbench: Workbench,
  script: string,
  { start, reason }: InputRequest,
): Promise<InputOutcome | undefined> {
  const { client, documents, dialogs, run } = workbench;
  const declaration = await readDeclaration(client, documents, script);
  const initial = { ...run.inputOf(script), ...start };
  const answer = await dialogs.ask<Answer>((close) => (
    <ScriptInputDialog
      script={script}
      declaration={declaration}
      initial={initial}
      given={rememberedArguments(declaration.parameters, initial.args)}
      isRefused={reason === "refused"}
      close={close}
    />
  ));
  if (answer === undefined) return undefined;
  run.setInput(script, answer.input);
  return answer.outcome;
}

interface Answer {
  readonly input: ScriptInput;
  readonly outcome: InputOutcome;
}

interface DialogProps {
  readonly script: string;
  readonly declaration: Declaration;
  readonly initial: ScriptInput;
  readonly given: ArgumentValues;
  readonly isRefused: boolean;
  close(answer?: Answer): void;
}

function ScriptInputDialog({ script, declaration, initial, given, isRefused, close }: DialogProps) {
  const { parameters, problems: faults } = declaration;
  const isDeclared = parameters.length > 0;
  const form = useRef<HTMLFormElement>(null);
  const paths = useWorkbenchPaths();
  const [json, setJson] = useState(initial.args);
  const [values, setValues] = useState(() => formValues(parameters, given));
  const [variables, setVariables] = useState(() => variablesOf(initial.env));
  const [showsMissing, setShowsMissing] = useState(isRefused);

  const jsonProblem = isDeclared ? undefined : problemOf(json);
  const problems = isDeclared ? resolveArguments(parameters, givenValues(values)).problems : [];
  const problemAt = ({ name }: Parameter) =>
    problems.find((each) => each.name === name && (showsMissing || each.kind !== "missing"))?.message;
  const isWrong = jsonProblem !== undefined || problems.some((each) => each.kind !== "missing");

  const answer = (outcome: InputOutcome) => {
    const args = isDeclared ? argumentsText(parameters, givenValues(values)) : json;
    close({ input: { args, env: environmentOf(variables) }, outcome });
  };
  const run = () => {
    if (problems.length === 0 && jsonProblem === undefined) {
      answer("run");
      return;
    }
    flushSync(() => setShowsMissing(true));
    form.current?.querySelector<HTMLElement>("[aria-invalid='true']")?.focus();
  };
  return (
    <Dialog
      title={`Arguments of ${baseName(script)}`}
      open
      onClose={() => close()}
      description={
        declaration.description === "" ? (
          <>
            The script reads them as the globals <code>args</code> and <code>env</code>. They are kept for
            this script.
          </>
        ) : (
          declaration.description
        )
      }
      actions={
        <>
          {isDeclared && (
            <Button
              variant="quiet"
              className="input-reset"
              icon={<RotateCcw size={13} aria-hidden />}
              onClick={() => {
                setValues(formValues(parameters, {}));
                setShowsMissing(false);
              }}
            >
              Defaults
            </Button>
          )}
          <Button onClick={() => close()}>Cancel</Button>
          <Button disabled={isWrong} onClick={() => answer("saved")}>
            Save
          </Button>
          <Button variant="primary" disabled={isWrong} onClick={run}>
            Save and run
          </Button>
        </>
      }
    >
      <form
        ref={form}
        className="input-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!isWrong) run();
        }}
      >
        {faults.map(({ line, message }) => (
          <Callout key={`${line}:${message}`} tone="danger">
            Line {line}: {message}
          </Callout>
        ))}
        {isDeclared ? (
          <fieldset className="input-params">
            <legend className="visually-hidden">Parameters</legend>
            {parameters.map((parameter) => (
              <ParameterField
                key={parameter.name}
                parameter={parameter}
                value={values[parameter.name] ?? ""}
                onChange={(value) => setValues((before) => ({ ...before, [parameter.name]: value }))}
                problem={problemAt(parameter)}
                paths={paths}
              />
            ))}
          </fieldset>
        ) : (
          <TextArea
            label="Arguments (JSON)"
            className="mono-field"
            rows={5}
            value={json}
            onChange={setJson}
            problem={jsonProblem}
            hint={
              'Any JSON value, for example {"days": 7}. A script that declares its parameters gets a form here.'
            }
          />
        )}
        <EnvironmentFields variables={variables} onChange={setVariables} />
        {/* Enter in a field submits a form only when it has a submit button; the visible one is in the footer. */}
        <button type="submit" hidden aria-hidden tabIndex={-1} />
      </form>
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
