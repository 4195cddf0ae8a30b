import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { TemplateProblem } from "../../shared/ipc/templates";
import { WorkbenchError } from "../../shared/model/error";
import { executionIdSchema, sessionIdSchema } from "../../shared/model/ids";
import type { Template } from "../../shared/model/template";
import { committedSource } from "../templates/git";
import { formatJson } from "../templates/json-text";
import type { TemplateStore } from "../templates/store";
import { withHistory } from "./command-history";
import type { Output } from "./output";

/** A template text that a command names, wherever it is kept. */
export interface TemplateSource {
  /** For messages: the file, or what the user wrote. */
  readonly label: string;
  readonly source: string;
  /** What the list says about it, duplicates too; only for templates of the workspace. */
  readonly problems?: readonly TemplateProblem[];
}

/** What {@link templateSource} takes, for the help. */
export const SOURCE_HELP = `A template is named by its name, by the path of a file, or as
  git:NAME      as it was last committed
  session:ID    the snapshot of a session (or of the session of an execution) in the history`;

/**
 * The text that a name, a path, `git:NAME` or `session:ID` means. A path that exists is a file; anything else names a
 * template of the workspace. Throws `TEMPLATE_NOT_FOUND`, `SESSION_NOT_FOUND`.
 */
export async function templateSource(
  name: string,
  store: TemplateStore,
  output: Output,
): Promise<TemplateSource> {
  const [kind, rest] = /^(git|session):(.+)$/s.exec(name)?.slice(1) ?? [];
  if (kind === "git" && rest !== undefined) {
    const { file } = await store.find(rest);
    const source = await committedSource(file, store);
    if (source !== undefined) return { label: name, source };
    const message = `${file} has no committed version: the workspace is no git repository, or the file was never committed.`;
    throw new WorkbenchError("TEMPLATE_NOT_FOUND", message, { file });
  }
  if (kind === "session" && rest !== undefined)
    return { label: name, source: formatJson(snapshotOf(rest, store.workspaceRoot, output)) };
  if (/[/\\]|\.json$/i.test(name) && existsSync(resolve(name)))
    return { label: name, source: readFileSync(resolve(name), "utf8") };
  const { file, source, problems } = await store.find(name);
  return { label: file, source, problems };
}

function snapshotOf(id: string, workspaceRoot: string, output: Output): Template {
  return withHistory(workspaceRoot, output, (history) => {
    const execution = executionIdSchema.safeParse(id);
    const session = sessionIdSchema.safeParse(
      (execution.success ? history.getExecution(execution.data)?.sessionId : undefined) ?? id,
    );
    const found = session.success ? history.getSession(session.data) : undefined;
    if (found !== undefined) return found.template;
    const message = `There is no session "${id}" in the history. List executions with: vm-workbench history list`;
    throw new WorkbenchError("SESSION_NOT_FOUND", message, { id });
  });
}
