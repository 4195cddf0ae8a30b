import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import type { ScriptAnalysis } from "./script-analysis";
import { analyzeScript, SCRIPT_ENDING } from "./script-analysis";
import { parseTemplate, templateError } from "./parse";
import type { TemplateRules } from "./rules";

/** Modules that scripts require and a template lacks, and those that it lists and no script requires. */
export interface Suggestions {
  missing: { module: string; scripts: string[] }[];
  unused: string[];
}

const MAX_SCRIPT_BYTES = 1024 * 1024;
const MAX_SCRIPTS_NAMED = 20;

/** Remembers what the scripts of a workspace load; a script that did not change is not parsed again. */
export class ScriptIndex {
  readonly #cache = new Map<string, { stamp: string; analysis: ScriptAnalysis | undefined }>();

  constructor(private readonly workspaceRoot: string) {}

  /**
   * Compares a template text with the scripts among these workspace files. Throws `TEMPLATE_INVALID` when the text
   * cannot be read as a template.
   */
  async suggest(source: string, files: readonly string[], rules: TemplateRules): Promise<Suggestions> {
    const parsed = parseTemplate(source, rules, "unsaved");
    if (parsed.template === undefined) throw templateError("The template", parsed.problems);
    const listed = new Set(Object.keys(parsed.template.modules));
    const users = new Map<string, string[]>();
    for (const file of files.filter((each) => SCRIPT_ENDING.test(each))) {
      for (const specifier of (await this.#analyze(file))?.specifiers ?? []) {
        const name = rules.registry.find(specifier)?.name;
        if (name === undefined) continue;
        const scripts = users.get(name) ?? [];
        if (!scripts.includes(file)) users.set(name, [...scripts, file]);
      }
    }
    const missing = [...users]
      .filter(([module]) => !listed.has(module))
      .map(([module, scripts]) => ({ module, scripts: scripts.slice(0, MAX_SCRIPTS_NAMED) }))
      .sort((a, b) => a.module.localeCompare(b.module));
    return { missing, unused: [...listed].filter((module) => !users.has(module)).sort() };
  }

  async #analyze(file: string): Promise<ScriptAnalysis | undefined> {
    const path = join(this.workspaceRoot, file);
    try {
      const { mtimeMs, size } = await stat(path);
      const stamp = `${mtimeMs}:${size}`;
      const cached = this.#cache.get(file);
      if (cached?.stamp === stamp) return cached.analysis;
      const analysis =
        size > MAX_SCRIPT_BYTES ? undefined : analyzeScript(await readFile(path, "utf8"), file);
      this.#cache.set(file, { stamp, analysis });
      return analysis;
    } catch {
      return undefined; // gone or unreadable: it suggests nothing
    }
  }
}
