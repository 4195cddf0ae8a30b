import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { ImportItem } from "../../shared/ipc/templates";
import { WorkbenchError } from "../../shared/model/error";
import { bundleOfFiles, exportBundle, isExportedFile } from "../templates/bundle";
import { writeExportFolder } from "../templates/export-folder";
import { importTemplates, previewImport } from "../templates/import";
import { migrateWorkspace } from "../templates/migrate-workspace";
import type { TemplateStore } from "../templates/store";
import { EXIT, type ExitCode } from "./exit-code";
import type { Output } from "./output";

/** `template export NAME… --out FILE`; a folder, or a path that ends with a slash, gets the templates as files; `-` is standard output. */
export async function exportTemplates(
  store: TemplateStore,
  names: readonly string[],
  out: string,
  output: Output,
): Promise<ExitCode> {
  const entries = await Promise.all(names.map((name) => store.find(name)));
  if (out === "-") {
    output.write(exportBundle(entries));
    return EXIT.ok;
  }
  if (isFolder(out)) await writeExportFolder(entries, resolve(out), () => Promise.resolve(true));
  else {
    try {
      writeFileSync(resolve(out), exportBundle(entries));
    } catch (error) {
      if (error instanceof WorkbenchError) throw error;
      const reason = error instanceof Error ? error.message : String(error);
      throw new WorkbenchError("STORAGE_UNAVAILABLE", `${out} cannot be written (${reason}).`, { path: out });
    }
  }
  if (output.json) output.object({ file: out, templates: entries.map(({ name }) => name) });
  else output.line(`Exported ${entries.length} to ${out}.`);
  return EXIT.ok;
}

function isFolder(path: string): boolean {
  return /[/\\]$/.test(path) || statSync(resolve(path), { throwIfNoEntry: false })?.isDirectory() === true;
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

/** `template migrate`: brings files of the older form into today's; the originals go to the trash. */
export async function migrateTemplates(
  store: TemplateStore,
  dryRun: boolean,
  output: Output,
): Promise<ExitCode> {
  const migrated = await migrateWorkspace(store, { dryRun });
  for (const { file, report: changes, problem } of migrated) {
    if (output.json) {
      output.object({ file, changes, ...(problem === undefined ? {} : { problem: problem.toJSON() }) });
      continue;
    }
    for (const line of changes) output.line(`${file}: ${line}`);
    if (problem !== undefined)
      output.errorLine(`${file} stays as it is: ${problem.code}: ${problem.message}`);
  }
  if (!output.json && migrated.length === 0) output.line("Every template has today's form.");
  return migrated.some(({ problem }) => problem !== undefined) ? EXIT.badInput : EXIT.ok;
}

/** Text of a file, or of standard input (`-`); a folder that was exported is read as one bundle. */
function readText(path: string): string {
  try {
    if (path === "-") return readFileSync(process.stdin.fd, "utf8");
    const place = resolve(path);
    if (!statSync(place).isDirectory()) return readFileSync(place, "utf8");
    const names = readdirSync(place).filter(isExportedFile);
    return bundleOfFiles(names.map((file) => ({ file, content: readFileSync(join(place, file), "utf8") })));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new WorkbenchError("FILE_NOT_FOUND", `${path} cannot be read (${reason}).`, { path });
  }
}
