import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import type { ImportItem } from "../../shared/ipc/templates";
import { WorkbenchError } from "../../shared/model/error";
import { builtinName } from "../modules/builtins";
import { exportBundle } from "../templates/bundle";
import { importTemplates, previewImport } from "../templates/import";
import { formatJson, parseJsonText } from "../templates/json-text";
import { isOlderForm, migrate } from "../templates/migrate";
import { isRecord } from "../templates/parse";
import type { TemplateStore } from "../templates/store";
import { EXIT, type ExitCode } from "./exit-code";
import type { Output } from "./output";

/** `template export NAME… --out FILE` */
export async function exportTemplates(
  store: TemplateStore,
  names: readonly string[],
  out: string,
  output: Output,
): Promise<ExitCode> {
  const entries = await Promise.all(names.map((name) => store.find(name)));
  writeFileSync(resolve(out), exportBundle(entries));
  if (output.json) output.object({ file: out, templates: entries.map(({ name }) => name) });
  else output.line(`Exported ${entries.length} to ${out}.`);
  return EXIT.ok;
}

export interface ImportOptions {
  readonly dryRun: boolean;
  /** Replace templates that are here already; without it, they are left alone. */
  readonly replace: boolean;
}

/** `template import FILE`: shows what it would do, then does it, unless it is a dry run. */
export async function importFile(
  store: TemplateStore,
  file: string,
  options: ImportOptions,
  output: Output,
): Promise<ExitCode> {
  const text = readText(file);
  const items = await previewImport(text, store);
  const usableItems = items.filter((item) => item.template !== undefined);
  const action = (item: ImportItem) => {
    if (item.template === undefined) return "skip" as const;
    if (item.conflict === "none") return "add" as const;
    return options.replace ? ("replace" as const) : ("skip" as const);
  };
  for (const item of items) report(item, action(item), output);
  if (!options.dryRun) {
    await importTemplates(
      text,
      usableItems.map((item) => ({ name: item.name, action: action(item) })),
      store,
    );
  }
  return usableItems.length === items.length ? EXIT.ok : EXIT.badInput;
}

function report(item: ImportItem, action: "add" | "replace" | "skip", output: Output): void {
  if (output.json) {
    output.object({ action, ...item });
    return;
  }
  const conflict =
    item.conflict === "none" ? "" : ` (exists already: ${item.conflict}; --replace replaces it)`;
  output.line(`${action} ${item.name}${action === "skip" && item.template !== undefined ? conflict : ""}`);
  for (const line of item.migration) output.line(`  migrated: ${line}`);
  for (const change of item.changes) output.line(`  ${change.text}`);
  if (item.changes.length === 0) for (const effect of item.effects) output.line(`  may ${effect}`);
  if (item.checksum === "changed") output.line("  was changed after it was exported");
  for (const problem of item.problems) output.errorLine(`  ${problem.error.code}: ${problem.error.message}`);
}

/** `template migrate`: rewrites files of the older form, and takes built-ins out of `modules`. */
export async function migrateTemplates(
  store: TemplateStore,
  dryRun: boolean,
  output: Output,
): Promise<ExitCode> {
  let changed = 0;
  for (const entry of await store.list()) {
    const value: unknown = parseJsonText(entry.source).value;
    const lines: string[] = [];
    if (isOlderForm(value)) {
      const { template, report: changes } = migrate(value, store.rules);
      lines.push(...changes);
      if (!dryRun) await store.save(entry.file, formatJson(template), entry.hash);
    } else if (isRecord(value) && isRecord(value.modules)) {
      const builtins = Object.keys(value.modules).filter((name) => builtinName(name) !== undefined);
      lines.push(...builtins.map((name) => `module "${name}" removed: it is built in`));
      if (builtins.length > 0 && !dryRun) await store.removeBuiltins(entry.file);
    }
    if (lines.length === 0) continue;
    changed++;
    if (output.json) output.object({ file: entry.file, changes: lines });
    else for (const line of lines) output.line(`${entry.file}: ${line}`);
  }
  if (!output.json && changed === 0) output.line("Every template has today's form.");
  return EXIT.ok;
}

function readText(file: string): string {
  try {
    return readFileSync(resolve(file), "utf8");
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new WorkbenchError("FILE_NOT_FOUND", `The file ${file} cannot be read (${reason}).`, {
      path: file,
    });
  }
}
