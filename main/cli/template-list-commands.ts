import type { TemplateEntry, TemplateProblem } from "../../shared/ipc/templates";
import { libraryLabel } from "../templates/effects";
import type { TemplateStore } from "../templates/store";
import { EXIT, type ExitCode } from "./exit-code";
import type { Output } from "./output";

/** `template list` */
export async function listTemplates(store: TemplateStore, output: Output): Promise<ExitCode> {
  output.list(
    (await store.list()).map(({ source: _source, ...entry }) => entry),
    ["NAME", "STATE", "MODULES", "FILE"],
    (entry) => [
      entry.name,
      entry.state,
      Object.keys(entry.template?.modules ?? {}).join(", ") || "–",
      entry.file,
    ],
    "There are no templates. Make one: vm-workbench template create NAME",
  );
  return EXIT.ok;
}

/** `template show NAME` */
export async function showTemplate(store: TemplateStore, name: string, output: Output): Promise<ExitCode> {
  const entry = await store.find(name);
  if (output.json) {
    output.object(entry);
    return EXIT.ok;
  }
  output.line(`${entry.name}  (${entry.file}${entry.readOnly ? ", read-only" : ""})`);
  for (const problem of entry.problems) output.errorLine(problemText(entry.file, problem));
  const { template } = entry;
  if (template === undefined) return EXIT.badInput;
  if (template.description !== "") output.line(template.description);
  output.line(`\nmodules    ${Object.keys(template.modules).join(", ") || "–"}`);
  output.line(`libraries  ${template.libraries.map(libraryLabel).join(", ") || "–"}`);
  output.line(
    `startup    ${template.startup.map(({ path, mode }) => `${path} (${mode})`).join(", ") || "–"}`,
  );
  const limits = Object.entries(template.limits).map(([key, value]) => `${key} ${value}`);
  output.line(`limits     ${limits.join(", ")}`);
  output.line("\nScripts may:");
  for (const effect of entry.effects) output.line(`  ${effect}`);
  if (entry.effects.length === 0) output.line("  compute, and nothing else");
  return EXIT.ok;
}

/** One line about a problem, with its place. */
export function problemText(file: string, problem: TemplateProblem): string {
  const place = problem.line === undefined ? "" : `:${problem.line}:${problem.column ?? 1}`;
  return `${file}${place}: ${problem.error.code}: ${problem.error.message}`;
}

/** Tells what a command changed. */
export function told(output: Output, sentence: string, entry: TemplateEntry): ExitCode {
  if (output.json) output.object(entry);
  else output.line(sentence);
  return EXIT.ok;
}
