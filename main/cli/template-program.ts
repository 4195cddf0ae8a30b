import { type Command, Option } from "commander";
import { startupFileSchema } from "../../shared/model/template";
import { openTemplates } from "../core/workbench";
import { PRESETS } from "../templates/presets";
import type { TemplateStore } from "../templates/store";
import type { ExitCode } from "./exit-code";
import { type CommonOptions, jsonOption, outputOf, workspaceOption } from "./options";
import type { Output } from "./output";
import { parseConfig, parseLimit } from "./parse";
import { listTemplates, showTemplate, told } from "./template-list-commands";
import {
  diffTemplates,
  type LintOptions,
  lintTemplates,
  SEVERITIES,
  suggestModules,
  validateTemplate,
} from "./template-review-commands";
import { SOURCE_HELP } from "./template-source";
import { exportTemplates, importFile, migrateTemplates } from "./template-transfer-commands";

type MakeCommand = (usage: string, description: string) => Command;
type WithStore = (
  options: CommonOptions,
  action: (store: TemplateStore, output: Output) => Promise<ExitCode>,
) => Promise<void>;

/** `template …`: everything about the templates of a workspace. */
export function addTemplateCommands(template: Command, done: (code: ExitCode) => void): void {
  const command = (usage: string, description: string) =>
    template.command(usage).description(description).addOption(workspaceOption()).addOption(jsonOption());

  /** Opens the store for one action and lets it finish its writes. */
  const withStore: WithStore = async (options, action) => {
    const store = openTemplates({ workspaceRoot: options.workspace });
    try {
      done(await action(store, outputOf(options)));
    } finally {
      await store.dispose();
    }
  };

  addFileCommands(command, withStore);
  addReviewCommands(command, withStore);
  addEditCommands(command, withStore);
  addTransferCommands(command, withStore);
}

function addFileCommands(command: MakeCommand, withStore: WithStore): void {
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
    .addHelpText(
      "after",
      `\nPresets:\n${PRESETS.map(({ id, summary }) => `  ${id.padEnd(12)} ${summary}`).join("\n")}`,
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
      else {
        output.line(`Deleted "${entry.name}" (templates/${entry.file}).`);
        output.line(`Bring it back within 30 days: vm-workbench template restore ${undoToken}`);
      }
      return 0;
    }),
  );
  command("restore <token>", "Bring back a template that `template delete` moved to the trash.").action(
    (token: string, options: CommonOptions) =>
      withStore(options, async (store, output) => {
        const entry = await store.undoDelete(token);
        return told(output, `"${entry.name}" is back in templates/${entry.file}.`, entry);
      }),
  );
}

function addReviewCommands(command: MakeCommand, withStore: WithStore): void {
  command("validate <file|name>", "Check a template.")
    .addHelpText("after", `\n${SOURCE_HELP}`)
    .action((name: string, options: CommonOptions) =>
      withStore(options, (store, output) => validateTemplate(store, name, output)),
    );
  command("diff <a> <b>", "Say what B permits more or less than A.")
    .option("--text", "also show the lines that differ", false)
    .addHelpText("after", `\n${SOURCE_HELP}`)
    .action((a: string, b: string, options: CommonOptions & { text: boolean }) =>
      withStore(options, (store, output) => diffTemplates(store, a, b, options, output)),
    );
  command("lint [names...]", "Point at what a reviewer should look at; all templates when none is named.")
    .addOption(
      new Option("--fail-on <severity>", "least severe remark that makes the command fail")
        .choices(SEVERITIES)
        .default("error"),
    )
    .addHelpText("after", `\n${SOURCE_HELP}`)
    .action((names: string[], options: CommonOptions & LintOptions) =>
      withStore(options, (store, output) => lintTemplates(store, names, options, output)),
    );
  command(
    "suggest <name>",
    "Name the modules that scripts load and the template lacks, and unused ones.",
  ).action((name: string, options: CommonOptions) =>
    withStore(options, (store, output) => suggestModules(store, name, output)),
  );
}

function addEditCommands(command: MakeCommand, withStore: WithStore): void {
  command("add-module <name> <module>", "Let scripts load a native module.")
    .option("--config <json>", "its configuration (default: everything denied)", parseConfig)
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
  command(
    "add-library <name> <id|path>",
    "Let scripts load a library of the catalogue or a file of the workspace.",
  )
    .option("--global <name>", "also set a library file on globalThis under this name")
    .action((name: string, id: string, options: CommonOptions & { global?: string }) =>
      withStore(options, async (store, output) => {
        const library =
          isFile(id) || options.global !== undefined ? { path: id, global: options.global } : id;
        const entry = await store.addLibrary((await store.find(name)).file, library);
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

function addTransferCommands(command: MakeCommand, withStore: WithStore): void {
  command("export <names...>", "Write templates into one file or folder.")
    .requiredOption(
      "--out <file|folder/>",
      "the file, a folder (ends with a slash, or is there already), or - for standard output",
    )
    .action((names: string[], options: CommonOptions & { out: string }) =>
      withStore(options, (store, output) => exportTemplates(store, names, options.out, output)),
    );
  command("import <file|folder|->", "Import templates; says what they permit. `-` reads standard input.")
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

/** Ids of the catalogue have neither a slash nor a script's ending. */
function isFile(idOrPath: string): boolean {
  return /[/\\]|\.[cm]?js$/i.test(idOrPath);
}
