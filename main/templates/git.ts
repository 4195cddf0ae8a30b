import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { TemplateDiff } from "../../shared/ipc/templates";
import { diffSources } from "./diff-sources";
import { TEMPLATES_FOLDER } from "./folder";
import type { TemplateStore } from "./store";

const run = promisify(execFile);
const TIMEOUT_MS = 10_000;

/**
 * A template against its last git commit. `null` when the workspace is no repository, git is not installed, or the
 * file was never committed. Throws `TEMPLATE_NOT_FOUND`.
 */
export async function diffWithGit(file: string, store: TemplateStore): Promise<TemplateDiff | null> {
  const entry = await store.get(file);
  const committed = await committedSource(file, store);
  return committed === undefined ? null : diffSources(committed, entry.source, store.rules);
}

/** Text of a template file in the last commit; `undefined` where {@link diffWithGit} gives `null`. */
export function committedSource(file: string, store: TemplateStore): Promise<string | undefined> {
  return git(store.workspaceRoot, ["show", `HEAD:./${TEMPLATES_FOLDER}/${file}`]);
}

/** Whether a folder lies in a git repository. */
export async function isGitRepository(folder: string): Promise<boolean> {
  return (await git(folder, ["rev-parse", "--is-inside-work-tree"]))?.trim() === "true";
}

/** Output of git, without a shell; `undefined` when it fails, is missing, or takes too long. */
async function git(folder: string, args: readonly string[]): Promise<string | undefined> {
  try {
    // A repository can name programs to run (pagers, text converters, monitors): none is needed to read a file.
    const safe = ["--no-pager", "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null"];
    const { stdout } = await run(
      "git",
      [...safe, ...args, ...(args[0] === "show" ? ["--no-textconv", "--no-ext-diff"] : [])],
      {
        cwd: folder,
        timeout: TIMEOUT_MS,
        maxBuffer: 16 * 1024 * 1024,
        windowsHide: true,
        env: { ...process.env, GIT_TERMINAL_PROMPT: "0", GIT_OPTIONAL_LOCKS: "0" },
      },
    );
    return stdout;
  } catch {
    return undefined;
  }
}
