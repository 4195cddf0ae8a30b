import { serializeError } from "../../../shared/model/error";
import { errorHeading } from "../../../shared/model/error-heading";
import type { Execution } from "../../../shared/model/execution";
import { executionTitle, outcomeOf } from "../../state/format";
import { argumentsRequest, type ArgumentsRequest } from "../../state/parameters";
import { inputOfExecution, type GivenInput } from "../../state/run";
import type { Workbench } from "../../state/workbench";
import { consoleOptions } from "../../log/options";
import { currentEditorService } from "../../monaco/service";
import { pathOf } from "../../monaco/models";
import { askScriptInput } from "./ScriptInputDialog";
import { missingOf } from "../../state/enableModule";
import { EnableModuleDialog } from "./EnableModuleDialog";

/** Run and Stop from anywhere, what screen readers hear of it, and the errors of the last run. */
export function registerRun(workbench: Workbench): void {
  const { places, commands, run, executions, announcer, problems, layout, notices } = workbench;
  const isBusy = () => run.store.getState().phase.kind !== "idle" || run.running() !== undefined;

  const start = async (what: "script" | "selection", given?: GivenInput) => {
    const service = currentEditorService(workbench);
    service?.models.flush();
    // Who runs something wants to see what comes of it, however far up the console was scrolled.
    consoleOptions.setState({ follow: true });
    if (!layout.store.getState().panelVisible || layout.store.getState().panelView === "problems")
      layout.showPanel("console");
    const selection = what === "script" ? undefined : selectionOf(workbench);
    await run.run(selection, given).catch(async (error: unknown) => {
      const request = argumentsRequest(serializeError(error));
      if (request === undefined) throw error;
      if ((await askScriptInput(workbench, request.script, refused(request))) === "run")
        await run.run(selection);
    });
  };

  commands.add(
    {
      id: "run.script",
      title: "Run the selection or the script",
      category: "Run",
      keys: ["Mod+Enter"],
      enabled: () => !isBusy(),
      run: () => start("selection"),
    },
    {
      id: "run.whole",
      title: "Run the whole script",
      category: "Run",
      keys: ["F5", "Mod+Shift+Enter"],
      enabled: () => !isBusy(),
      run: () => start("script"),
    },
    {
      id: "run.stop",
      title: "Stop",
      category: "Run",
      keys: ["Mod+."],
      enabled: isBusy,
      run: async () => {
        const message = await run.stop();
        if (message !== undefined && message !== "") announcer.say(message);
      },
    },
    {
      id: "run.input",
      title: "Arguments and environment of the script…",
      category: "Run",
      enabled: () => run.store.getState().script !== null,
      run: async () => {
        const { script } = run.store.getState();
        if (script === null) return;
        if ((await askScriptInput(workbench, script, { reason: "edit" })) === "run") await start("script");
      },
    },
    {
      id: "run.again",
      title: "Run again with the same arguments",
      category: "Run",
      keys: ["Mod+Shift+F5"],
      enabled: () => !isBusy() && lastFileRun(workbench) !== undefined,
      run: async () => {
        const last = lastFileRun(workbench);
        if (last?.path === undefined) return;
        run.chooseScript(last.path);
        await start("script", inputOfExecution(last));
      },
    },
  );

  workbench.explainers.push(({ code, details }) => {
    const missing = code === "MODULE_NOT_ENABLED" ? missingOf(details) : undefined;
    if (missing === undefined) return false;
    workbench.enableModule.ask(missing);
    return true;
  });
  // Whoever started it: what is missing is asked for instead of complained about.
  workbench.explainers.push((error) => {
    const request = argumentsRequest(error);
    if (request === undefined) return false;
    notices.attempt(async () => {
      const { script } = request;
      if ((await askScriptInput(workbench, script, refused(request))) !== "run") return;
      run.chooseScript(script);
      await start("script");
    });
    return true;
  });
  // A declaration that cannot be understood: the message says what is wrong, the editor shows where.
  workbench.explainers.push(({ code, details }) => {
    const { script, line, column } = details ?? {};
    if (code === "VALIDATION_ERROR" && typeof script === "string" && typeof line === "number")
      workbench.reveal.show({ path: script, line, column: typeof column === "number" ? column : 1 });
    return false;
  });
  places.overlays.add({ id: "enableModule", View: EnableModuleDialog });

  workbench.client.on("execution.changed", ({ execution }) => {
    if (execution.status !== "running") return;
    if (execution.path !== undefined) problems.set("run", []);
    if (execution.kind !== "startup") announcer.say(`Running ${executionTitle(execution)}`);
  });
  executions.onEnded((execution) => {
    const { title, detail } = outcomeOf(execution);
    announcer.say(
      `${title}. ${detail}`.trim(),
      execution.status === "ok" || execution.status === "cancelled" ? "polite" : "assertive",
    );
    if (execution.kind !== "repl") problems.set("run", problemsOf(execution));
  });
}

const refused = ({ given }: ArgumentsRequest) =>
  ({ start: { args: JSON.stringify(given) }, reason: "refused" }) as const;

/** The script run last, whatever was tried in the REPL since. */
function lastFileRun({ executions }: Workbench): Execution | undefined {
  return Object.values(executions.store.getState().executions)
    .filter(({ kind }) => kind === "runFile")
    .reduce<Execution | undefined>(
      (newest, each) => (newest === undefined || each.startedAt >= newest.startedAt ? each : newest),
      undefined,
    );
}

/** The text that is selected in the script that would run. */
function selectionOf(workbench: Workbench) {
  const editor = currentEditorService(workbench)?.active();
  const model = editor?.getModel();
  const selection = editor?.getSelection();
  if (!editor?.hasTextFocus() || !model || !selection || selection.isEmpty()) return undefined;
  if (pathOf(model.uri) !== workbench.run.store.getState().script) return undefined;
  // Leading blanks keep the columns of error messages right.
  return {
    source: " ".repeat(selection.startColumn - 1) + model.getValueInRange(selection),
    lineOffset: selection.startLineNumber - 1,
  };
}

function problemsOf({ error, path }: Execution) {
  const place = error?.location;
  if (error === undefined || place === undefined || place.path.startsWith("repl:") || place.path === "eval")
    return [];
  return [
    {
      path: place.path || (path ?? ""),
      line: place.line,
      column: place.column ?? 1,
      severity: "error" as const,
      message: errorHeading(error),
      source: "last run",
      code: error.code,
    },
  ];
}
