import { createTwoFilesPatch, FILE_HEADERS_ONLY } from "diff";
import type { PolicyChange, Remark } from "../../shared/ipc/templates";
import type { Template } from "../../shared/model/template";
import { diffPolicies } from "../templates/diff";
import { parseTemplate, templateError } from "../templates/parse";
import type { TemplateStore } from "../templates/store";
import { ScriptIndex } from "../templates/suggest";
import { walkFiles } from "../workspace/walk";
import { EXIT, type ExitCode } from "./exit-code";
import type { Output } from "./output";
import { problemText } from "./template-list-commands";
import { templateSource, type TemplateSource } from "./template-source";

/** `template validate FILE|NAME`: the problems with their places, what a reviewer should look at, and what it permits. */
export async function validateTemplate(
  store: TemplateStore,
  name: string,
  output: Output,
): Promise<ExitCode> {
  const { label, source, problems: listed } = await templateSource(name, store, output);
  const { problems: found, remarks, effects } = store.check(source, label);
  const problems = listed ?? found;
  const valid = problems.length === 0;
  if (output.json) output.object({ file: label, valid, problems, remarks, effects });
  else {
    if (valid) output.line(`${label}: valid`);
    for (const problem of problems) output.errorLine(problemText(label, problem));
    for (const remark of remarks) output.line(remarkText(label, remark));
  }
  return valid ? EXIT.ok : EXIT.badInput;
}

export const SEVERITIES = ["error", "warning", "info"] as const satisfies readonly Remark["severity"][];

export interface LintOptions {
  /** The least severity that makes the command fail. */
  readonly failOn: Remark["severity"];
}

/** `template lint [NAME…]`: what a reviewer should look at; fails when a remark is severe enough. */
export async function lintTemplates(
  store: TemplateStore,
  names: readonly string[],
  { failOn }: LintOptions,
  output: Output,
): Promise<ExitCode> {
  const sources: TemplateSource[] =
    names.length === 0
      ? (await store.list()).map(({ file, source, problems }) => ({ label: file, source, problems }))
      : await Promise.all(names.map((name) => templateSource(name, store, output)));
  let worst: ExitCode = EXIT.ok;
  for (const { label, source, problems } of sources) {
    const check = store.check(source, label);
    for (const remark of [...(problems ?? check.problems).map(asRemark), ...check.remarks]) {
      if (SEVERITIES.indexOf(remark.severity) <= SEVERITIES.indexOf(failOn)) worst = EXIT.badInput;
      if (output.json) output.object({ template: check.template?.name ?? label, file: label, ...remark });
      else output.line(remarkText(label, remark));
    }
  }
  if (!output.json)
    output.errorLine(`${sources.length} ${sources.length === 1 ? "template" : "templates"} looked at.`);
  return worst;
}

function asRemark({ error, path }: NonNullable<TemplateSource["problems"]>[number]): Remark {
  return { rule: error.code, severity: "error", message: error.message, path };
}

function remarkText(file: string, { severity, rule, message }: Remark): string {
  return `${file}: ${severity} [${rule}] ${message}`;
}

const SIGNS: Record<PolicyChange["kind"], string> = { widens: "+", narrows: "-", neutral: " " };

/** `template diff A B`: what changes for scripts when B replaces A, in words and, when asked for, as text. */
export async function diffTemplates(
  store: TemplateStore,
  a: string,
  b: string,
  { text: wantsText }: { readonly text: boolean },
  output: Output,
): Promise<ExitCode> {
  const before = await templateSource(a, store, output);
  const after = await templateSource(b, store, output);
  const [old, now] = [templateIn(before, store), templateIn(after, store)];
  const changes = diffPolicies(old, now, store.rules.registry);
  const text = createTwoFilesPatch(
    before.label,
    after.label,
    before.source,
    after.source,
    undefined,
    undefined,
    { headerOptions: FILE_HEADERS_ONLY },
  );
  if (output.json) {
    output.object({ before: old.name, after: now.name, changes, text });
    return EXIT.ok;
  }
  if (changes.length === 0) output.line("They permit the same.");
  for (const change of changes) output.line(`${SIGNS[change.kind]} ${change.text}`);
  if (wantsText) output.write(`\n${text}`);
  return EXIT.ok;
}

function templateIn({ label, source }: TemplateSource, store: TemplateStore): Template {
  const { template, problems } = parseTemplate(source, store.rules, label);
  if (template === undefined) throw templateError(label, problems);
  return template;
}

/** `template suggest NAME`: modules that the workspace's scripts load and the template lacks, and the reverse. */
export async function suggestModules(store: TemplateStore, name: string, output: Output): Promise<ExitCode> {
  const { label, source } = await templateSource(name, store, output);
  const files: string[] = [];
  for await (const path of walkFiles(store.workspaceRoot)) files.push(path);
  const { missing, unused } = await new ScriptIndex(store.workspaceRoot).suggest(source, files, store.rules);
  if (output.json) {
    output.object({ file: label, missing, unused });
    return EXIT.ok;
  }
  for (const { module, scripts } of missing)
    output.line(`missing  ${module}, which ${scripts.join(", ")} ${scripts.length === 1 ? "loads" : "load"}`);
  for (const module of unused) output.line(`unused   ${module}: no script of the workspace loads it`);
  if (missing.length + unused.length === 0)
    output.line("It lists what the workspace's scripts load, and nothing else.");
  return EXIT.ok;
}
