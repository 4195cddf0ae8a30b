import { WorkbenchError } from "../../shared/model/error";
import { withoutBuiltins } from "./edits";
import { formatJson, parseJsonText } from "./json-text";
import { builtinRemoved, isOlderForm, migrate } from "./migrate";
import { templateError } from "./parse";
import type { TemplateRules } from "./rules";
import type { TemplateStore } from "./store";

/** A file of the workspace that {@link migrateWorkspace} brings, or would bring, into today's form. */
export interface MigratedFile {
  readonly file: string;
  readonly report: string[];
  /** Why it stays as it is. */
  readonly problem?: WorkbenchError;
}

/**
 * Brings every template file of the workspace that is in the older form, or lists built-ins, into today's form. The
 * originals go to the trash first. With `dryRun` nothing is written.
 */
export async function migrateWorkspace(
  store: TemplateStore,
  options: { dryRun: boolean },
): Promise<MigratedFile[]> {
  const results: MigratedFile[] = [];
  for (const entry of await store.list()) {
    if (entry.state !== "broken") continue;
    const migrated = migrateText(entry.source, store.rules);
    if (migrated === undefined) continue;
    const { source, report } = migrated;
    const { problems } = store.check(source, entry.file);
    if (problems.length > 0) {
      results.push({ file: entry.file, report, problem: templateError(entry.file, problems) });
      continue;
    }
    try {
      if (!options.dryRun) await store.replaceBroken(entry.file, source, entry.hash);
      results.push({ file: entry.file, report });
    } catch (error) {
      if (!(error instanceof WorkbenchError)) throw error;
      results.push({ file: entry.file, report, problem: error });
    }
  }
  return results;
}

function migrateText(text: string, rules: TemplateRules): { source: string; report: string[] } | undefined {
  const { value } = parseJsonText(text);
  if (isOlderForm(value)) {
    const { template, report } = migrate(value, rules);
    return { source: formatJson(template), report };
  }
  const { source, removed } = withoutBuiltins(text, rules);
  return removed.length === 0 ? undefined : { source, report: removed.map(builtinRemoved) };
}
