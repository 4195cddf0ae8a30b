import { Command, Option } from "commander";
import { executionKindSchema, executionStatusSchema } from "../../shared/model/execution";
import { moduleConfigSchema, startupFileSchema } from "../../shared/model/template";
import { openHistory } from "../history/open-history";
import { dataFolder } from "../core/data-folder";
import { openTemplates, resolveWorkspace } from "../core/workbench";
import type { HistoryStore } from "../core/api";
import { workspaceRegistry } from "../modules/workspace-modules";
import { PRESETS } from "../templates/presets";
import type { TemplateStore } from "../templates/store";
import { listLibraries, listModules, showModule } from "./catalogue-commands";
import type { RunOptions } from "./cli-session";
import type { ExitCode } from "./exit-code";
import { listHistory, pruneHistory, showEvents, showHistory } from "./history-commands";
import { Output } from "./output";
import { collectEnv, collectLimits, parseCount, parseJson, parseLimit } from "./parse";
import { runOnce } from "./run-command";
import { scriptArguments, scriptHelp } from "./script-parameters";
import {
  diffTemplates,
  lintTemplates,
  listTemplates,
  showTemplate,
  told,
  validateTemplate,
} from "./template-list-commands";
import { exportTemplates, importFile, migrateTemplates } from "./template-transfer-commands";

interface CommonOptions {
  readonly workspace: string;
  readonly json?: boolean;
}

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

function outputOf(options: { json?: boolean }): Output {
  return new Output(process.stdout, process.stderr, options.json === true);
}

const jsonOption = () => new Option("--json", "one JSON object per line");
const workspaceOption = () =>
  new Option("-w, --workspace <dir>", "the workspace").default(process.cwd(), "the current folder");

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

function addTemplateCommands(template: Command, done: (code: ExitCode) => void): void {
  const command = (usage: string, description: string) =>
    template.command(usage).description(description).addOption(workspaceOption()).addOption(jsonOption());

  /** Opens the store for one action and lets it finish its writes. */
  const withStore = async (
    options: CommonOptions,
    action: (store: TemplateStore, output: Output) => Promise<ExitCode>,
  ) => {
    const store = openTemplates({ workspaceRoot: options.workspace });
    try {
      done(await action(store, outputOf(options)));
    } finally {
      await store.dispose();
    }
  };

  command("list", "List the templates, broken ones too.").action((options: CommonOptions) =>
    withStore(options, listTemplates),
  );
  command("show <name>", "Show what a template permits.").action((name: string, options: CommonOptions) =>
    withStore(options, (store, output) => showTemplate(store, name, output)),
  );
  command("create <name>", "Create a template.")
    .addOption(
      new Option("--from-preset <preset>", "start from a preset").choices(PRESETS.map(({ id }) => id)),
    )
    .addOption(new Option("--from-script <file>", "grant what a script needs").conflicts("fromPreset"))
    .action((name: string, options: CommonOptions & { fromPreset?: string; fromScript?: string }) =>
      withStore(options, async (store, output) => {
        const entry = await store.create({
          name,
          preset: options.fromPreset,
          fromScript: options.fromScript,
        });
        return told(output, `Created "${entry.name}" in templates/${entry.file}.`, entry);
      }),
    );
  command("validate <file|name>", "Check a template.").action((name: string, options: CommonOptions) =>
    withStore(options, (store, output) => validateTemplate(store, name, output)),
  );
  command("duplicate <name> <new>", "Copy a template.").action(
    (name: string, newName: string, options: CommonOptions) =>
      withStore(options, async (store, output) => {
        const entry = await store.duplicate((await store.find(name)).file, newName);
        return told(output, `Created "${entry.name}" in templates/${entry.file}.`, entry);
      }),
  );
  command("rename <name> <new>", "Rename a template.").action(
    (name: string, newName: string, options: CommonOptions) =>
      withStore(options, async (store, output) => {
        const entry = await store.rename((await store.find(name)).file, newName);
        return told(output, `"${name}" is now "${entry.name}".`, entry);
      }),
  );
  command("delete <name>", "Move a template to the trash.").action((name: string, options: CommonOptions) =>
    withStore(options, async (store, output) => {
      const entry = await store.find(name);
      const { undoToken } = await store.delete(entry.file);
      if (output.json) output.object({ deleted: entry.file, undoToken });
      else output.line(`Deleted "${entry.name}" (templates/${entry.file}).`);
      return 0;
    }),
  );
  command("diff <a> <b>", "Say what B permits more or less than A.").action(
    (a: string, b: string, options: CommonOptions) =>
      withStore(options, (store, output) => diffTemplates(store, a, b, output)),
  );
  command("lint [names...]", "Point at what a reviewer should look at.").action(
    (names: string[], options: CommonOptions) =>
      withStore(options, (store, output) => lintTemplates(store, names, output)),
  );
  addEditCommands(command, withStore);
  command("export <names...>", "Write templates into one file.")
    .requiredOption("--out <file>", "the file")
    .action((names: string[], options: CommonOptions & { out: string }) =>
      withStore(options, (store, output) => exportTemplates(store, names, options.out, output)),
    );
  command("import <file>", "Import templates; says what they permit.")
    .option("--dry-run", "only say what would happen", false)
    .option("--replace", "replace templates that are here already", false)
    .action((file: string, options: CommonOptions & { dryRun: boolean; replace: boolean }) =>
      withStore(options, (store, output) => importFile(store, file, options, output)),
    );
  command("migrate", "Bring files of the older form to today's.")
    .option("--dry-run", "only say what would happen", false)
    .action((options: CommonOptions & { dryRun: boolean }) =>
      withStore(options, (store, output) => migrateTemplates(store, options.dryRun, output)),
    );
}

function addEditCommands(
  command: (usage: string, description: string) => Command,
  withStore: (
    options: CommonOptions,
    action: (store: TemplateStore, output: Output) => Promise<ExitCode>,
  ) => Promise<void>,
): void {
  command("add-module <name> <module>", "Let scripts load a native module.")
    .option("--config <json>", "its configuration (default: everything denied)", (text) =>
      moduleConfigSchema.parse(parseJson(text)),
    )
    .action((name: string, module: string, options: CommonOptions & { config?: Record<string, never> }) =>
      withStore(options, async (store, output) => {
        const entry = await store.addModule((await store.find(name)).file, module, options.config);
        return told(output, `"${entry.name}" lists ${module.trim()}.`, entry);
      }),
    );
  command("remove-module <name> <module>", "No longer let scripts load a native module.").action(
    (name: string, module: string, options: CommonOptions) =>
      withStore(options, async (store, output) => {
        const entry = await store.removeModule((await store.find(name)).file, module);
        return told(output, `"${entry.name}" no longer lists ${module}.`, entry);
      }),
  );
  command("add-library <name> <id>", "Let scripts load a library of the catalogue.").action(
    (name: string, id: string, options: CommonOptions) =>
      withStore(options, async (store, output) => {
        const entry = await store.addLibrary((await store.find(name)).file, id);
        return told(output, `"${entry.name}" lists ${id}.`, entry);
      }),
  );
  command("remove-library <name> <id>", "No longer let scripts load a library.").action(
    (name: string, id: string, options: CommonOptions) =>
      withStore(options, async (store, output) => {
        const entry = await store.removeLibrary((await store.find(name)).file, id);
        return told(output, `"${entry.name}" no longer lists ${id}.`, entry);
      }),
  );
  command("set-limit <name> <key=value>", "Change a limit.")
    .addHelpText("after", "\nExample: vm-workbench template set-limit Plain cpuMs=5000")
    .action((name: string, pair: string, options: CommonOptions) =>
      withStore(options, async (store, output) => {
        const { key, value } = parseLimit(pair);
        const entry = await store.setLimit((await store.find(name)).file, key, value);
        return told(output, `"${entry.name}" has ${key} ${value}.`, entry);
      }),
    );
  command("add-startup <name> <path>", "Run a script when a session starts.")
    .addOption(
      new Option("--mode <mode>", "as a script or as an ES module")
        .choices(startupFileSchema.shape.mode.unwrap().options)
        .default("eval"),
    )
    .option("--before <path>", "before this one instead of last")
    .action(
      (name: string, path: string, options: CommonOptions & { mode: "eval" | "import"; before?: string }) =>
        withStore(options, async (store, output) => {
          const { file } = await store.find(name);
          const entry = await store.addStartup(file, { path, mode: options.mode }, options.before);
          return told(output, `"${entry.name}" starts with ${path}.`, entry);
        }),
    );
  command("remove-startup <name> <path>", "No longer run a script when a session starts.").action(
    (name: string, path: string, options: CommonOptions) =>
      withStore(options, async (store, output) => {
        const entry = await store.removeStartup((await store.find(name)).file, path);
        return told(output, `"${entry.name}" no longer starts with ${path}.`, entry);
      }),
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

  const withHistory = (options: CommonOptions, action: (store: HistoryStore, output: Output) => ExitCode) => {
    const output = outputOf(options);
    const workspaceRoot = resolveWorkspace(options.workspace);
    const { store, notices } = openHistory({
      dataDir: dataFolder(),
      workspaceRoot,
      backupMinAgeMs: Infinity,
    });
    try {
      for (const notice of notices) output.errorLine(`${notice.code}: ${notice.message}`);
      done(action(store, output));
    } finally {
      store.close();
    }
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
      withHistory(options, (store, output) =>
        listHistory(store, { path, template, status, kind, text, limit }, output),
      );
    });
  command("show <id>", "Show an execution.").action((id: string, options: CommonOptions) =>
    withHistory(options, (store, output) => showHistory(store, id, output)),
  );
  command("events <id>", "Show what an execution wrote.")
    .option("--after <seq>", "only later events", parseCount(0), 0)
    .action((id: string, options: CommonOptions & { after: number }) =>
      withHistory(options, (store, output) => showEvents(store, id, options.after, output)),
    );
  command("prune", "Remove old executions.")
    .option("--max-executions <n>", "keep at most so many", parseCount(0), 5000)
    .option("--max-days <n>", "keep at most so many days", parseCount(0), 90)
    .action((options: CommonOptions & { maxExecutions: number; maxDays: number }) =>
      withHistory(options, (store, output) => pruneHistory(store, options, output)),
    );
}
