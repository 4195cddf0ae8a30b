import { Command, Option } from "commander";
import { executionKindSchema, executionStatusSchema } from "../../shared/model/execution";
import { resolveWorkspace } from "../core/workbench";
import type { HistoryStore } from "../core/api";
import { workspaceRegistry } from "../modules/workspace-modules";
import { listLibraries, listModules, showModule } from "./catalogue-commands";
import type { RunOptions } from "./cli-session";
import { withHistory } from "./command-history";
import type { ExitCode } from "./exit-code";
import { listHistory, pruneHistory, showEvents, showHistory } from "./history-commands";
import { type CommonOptions, jsonOption, outputOf, workspaceOption } from "./options";
import type { Output } from "./output";
import { collectEnv, collectLimits, parseCount, parseJson } from "./parse";
import { runOnce } from "./run-command";
import { scriptArguments, scriptHelp } from "./script-parameters";
import { addTemplateCommands } from "./template-program";

/** The commands; each tells `done` its exit code. */
export function createProgram(version: string, done: (code: ExitCode) => void): Command {
  const program = new Command("vm-workbench");
  program
    .description(
      "Runs scripts in QuickJS, off the network, with hard limits, by the templates of a workspace.",
    )
    .version(version)
    .showSuggestionAfterError(true)
    .showHelpAfterError("(vm-workbench --help tells more)");
  addRunCommands(program, done);
  addTemplateCommands(
    program.command("template").description("Work with the templates of a workspace."),
    done,
  );
  addCatalogueCommands(program, done);
  addHistoryCommands(program.command("history").description("Look at what ran."), done);
  return program;
}

const longName = (option: Option): string => option.long?.replace(/^--/, "") ?? "";

function addRunCommands(program: Command, done: (code: ExitCode) => void): void {
  const runCommand = (name: string, description: string) =>
    program
      .command(name)
      .description(description)
      .option("-t, --template <name|file>", "what the code may do (default: the defaults and no modules)")
      .addOption(workspaceOption())
      .option("--args <json>", "value of `args` in the script", parseJson)
      .option("--env <key=value>", "entry of `env` in the script; may be repeated", collectEnv)
      .option("--limit <key=value>", "limit instead of the template's; may be repeated", collectLimits)
      .addOption(jsonOption());

  const run = runCommand("run", "Run a script of the workspace.");
  const ownOptions = () => run.createHelp().visibleOptions(run).map(longName);
  run
    .argument("<script>", "path in the workspace")
    .argument("[parameters...]", "--name value for each parameter that the script declares")
    .usage("<script> [--name value]... [options]")
    // What is no option of its own is the script's; a script says which it has.
    .allowUnknownOption()
    .action(async (script: string, rest: string[], options: RunOptions & CommonOptions) => {
      const { args, ...others } = options;
      const { workspace } = options;
      const resolved = scriptArguments({ workspace, script, rest, args, ownOptions: ownOptions() });
      const complete = resolved === undefined ? others : { ...others, args: resolved };
      done(await runOnce({ kind: "runFile", path: script }, complete, outputOf(options)));
    })
    .addHelpText("before", () => {
      const [script] = run.args;
      if (script === undefined || script.startsWith("-")) return "";
      const { workspace } = run.opts<CommonOptions>();
      return scriptHelp({ workspace, script, ownOptions: ownOptions() }, run.createHelp());
    });
  runCommand("eval", "Run a snippet.")
    .argument("<code>", "JavaScript")
    .action(async (code: string, options: RunOptions & CommonOptions) => {
      done(await runOnce({ kind: "repl", source: code }, options, outputOf(options)));
    });
  runCommand("repl", "Run snippets, one after the other, in one session.").action(
    async (options: RunOptions & CommonOptions) => {
      const { runRepl } = await import("./repl/repl-command");
      done(await runRepl(options, outputOf(options)));
    },
  );
}

function addCatalogueCommands(program: Command, done: (code: ExitCode) => void): void {
  const module = program.command("module").description("Look at the native modules that there are.");
  const registryOf = ({ workspace }: CommonOptions) => workspaceRegistry(resolveWorkspace(workspace));
  module
    .command("list")
    .description("List the native modules, those of the workspace too.")
    .addOption(workspaceOption())
    .addOption(jsonOption())
    .action((options: CommonOptions) => done(listModules(registryOf(options), outputOf(options))));
  module
    .command("show <name>")
    .description("Show a native module with its functions.")
    .option("--dts", "its typings", false)
    .addOption(workspaceOption())
    .addOption(jsonOption())
    .action((name: string, options: CommonOptions & { dts: boolean }) =>
      done(showModule(registryOf(options), name, options.dts, outputOf(options))),
    );
  program
    .command("library")
    .description("Look at the libraries that there are.")
    .command("list")
    .description("List the libraries.")
    .addOption(jsonOption())
    .action((options: { json?: boolean }) => done(listLibraries(outputOf(options))));
}

function addHistoryCommands(history: Command, done: (code: ExitCode) => void): void {
  const command = (usage: string, description: string) =>
    history.command(usage).description(description).addOption(workspaceOption()).addOption(jsonOption());

  const withStore = (options: CommonOptions, action: (store: HistoryStore, output: Output) => ExitCode) => {
    const output = outputOf(options);
    done(withHistory(options.workspace, output, (store) => action(store, output)));
  };

  interface ListOptions extends CommonOptions {
    readonly path?: string;
    readonly template?: string;
    readonly status?: "ok";
    readonly kind?: "repl";
    readonly text?: string;
    readonly limit: number;
  }
  command("list", "List executions, newest first.")
    .option("--path <path>", "of this script")
    .option("-t, --template <name>", "of this template")
    .addOption(new Option("--status <status>", "that ended so").choices(executionStatusSchema.options))
    .addOption(new Option("--kind <kind>", "of this kind").choices(executionKindSchema.options))
    .option("--text <text>", "with this text in path, source, result or error")
    .option("--limit <n>", "at most so many", parseCount(1), 100)
    .action((options: ListOptions) => {
      const { path, template, status, kind, text, limit } = options;
      withStore(options, (store, output) =>
        listHistory(store, { path, template, status, kind, text, limit }, output),
      );
    });
  command("show <id>", "Show an execution.").action((id: string, options: CommonOptions) =>
    withStore(options, (store, output) => showHistory(store, id, output)),
  );
  command("events <id>", "Show what an execution wrote.")
    .option("--after <seq>", "only later events", parseCount(0), 0)
    .action((id: string, options: CommonOptions & { after: number }) =>
      withStore(options, (store, output) => showEvents(store, id, options.after, output)),
    );
  command("prune", "Remove old executions.")
    .option("--max-executions <n>", "keep at most so many", parseCount(0), 5000)
    .option("--max-days <n>", "keep at most so many days", parseCount(0), 90)
    .action((options: CommonOptions & { maxExecutions: number; maxDays: number }) =>
      withStore(options, (store, output) => pruneHistory(store, options, output)),
    );
}
