import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { PolicyChange, TemplateEntry, TemplateProblem } from "../../shared/ipc/templates";
import { diffPolicies } from "../templates/diff";
import { libraryLabel } from "../templates/effects";
import { lintTemplate } from "../templates/lint";
import { usable } from "../templates/refusals";
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

/** `template validate FILE|NAME`: the problems with their places, and what the template permits. */
export async function validateTemplate(
  store: TemplateStore,
  nameOrFile: string,
  output: Output,
): Promise<ExitCode> {
  const { label, source, problems: found } = await textOf(store, nameOrFile);
  const check = store.check(source, label);
  const problems = found ?? check.problems;
  const valid = problems.length === 0;
  if (output.json)
    output.object({ file: label, valid, problems, remarks: check.remarks, effects: check.effects });
  else if (valid) output.line(`${label}: valid`);
  else for (const problem of problems) output.errorLine(problemText(label, problem));
  return valid ? EXIT.ok : EXIT.badInput;
}

/** A path that exists is a file; anything else names a template of the workspace. */
async function textOf(
  store: TemplateStore,
  nameOrFile: string,
): Promise<{ label: string; source: string; problems?: TemplateProblem[] }> {
  const path = resolve(nameOrFile);
  if (/[/\\]|\.json$/i.test(nameOrFile) && existsSync(path)) {
    return { label: nameOrFile, source: readFileSync(path, "utf8") };
  }
  const entry = await store.find(nameOrFile);
  return { label: entry.file, source: entry.source, problems: entry.problems };
}

/** `template lint [NAME…]`: what a reviewer should look at. Fails when there is an error among the remarks. */
export async function lintTemplates(
  store: TemplateStore,
  names: readonly string[],
  output: Output,
): Promise<ExitCode> {
  const entries =
    names.length === 0 ? await store.list() : await Promise.all(names.map((name) => store.find(name)));
  let worst: ExitCode = EXIT.ok;
  for (const entry of entries) {
    const remarks =
      entry.template === undefined || entry.problems.length > 0
        ? entry.problems.map(({ error, path }) => ({
            rule: error.code,
            severity: "error",
            message: error.message,
            path,
          }))
        : lintTemplate(entry.template, store.rules, store.workspaceRoot);
    for (const remark of remarks) {
      if (remark.severity === "error") worst = EXIT.badInput;
      if (output.json) output.object({ template: entry.name, file: entry.file, ...remark });
      else output.line(`${entry.file}: ${remark.severity} [${remark.rule}] ${remark.message}`);
    }
  }
  if (!output.json && worst === EXIT.ok) output.errorLine(`${entries.length} templates looked at.`);
  return worst;
}

const SIGNS: Record<PolicyChange["kind"], string> = { widens: "+", narrows: "-", neutral: " " };

/** `template diff A B`: what changes for scripts when B replaces A. */
export async function diffTemplates(
  store: TemplateStore,
  a: string,
  b: string,
  output: Output,
): Promise<ExitCode> {
  const [before, after] = [await store.find(a), await store.find(b)];
  const changes = diffPolicies(usable(before), usable(after), store.rules.registry);
  if (output.json) output.object({ before: before.name, after: after.name, changes });
  else if (changes.length === 0) output.line("They permit the same.");
  else for (const change of changes) output.line(`${SIGNS[change.kind]} ${change.text}`);
  return EXIT.ok;
}

function problemText(file: string, problem: TemplateProblem): string {
  const place = problem.line === undefined ? "" : `:${problem.line}:${problem.column ?? 1}`;
  return `${file}${place}: ${problem.error.code}: ${problem.error.message}`;
}

/** Tells what a command changed. */
export function told(output: Output, sentence: string, entry: TemplateEntry): ExitCode {
  if (output.json) output.object(entry);
  else output.line(sentence);
  return EXIT.ok;
}
