import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { WorkbenchError } from "../../shared/model/error";
import type { MemberDoc } from "../../shared/model/module";
import { libraryIds } from "../libraries/catalogue";
import { resolveInside } from "../workspace/paths";
import { builtinName } from "./builtins";
import { type AnyNativeModule, defineModule } from "./record";
import { createRegistry, type Registry, registry as applicationRegistry } from "./registry";

/** Folder of a workspace that holds its own modules. */
export const WORKSPACE_MODULES_FOLDER = "modules";

const ENTRIES = ["index.js", "index.mjs", "index.cjs", "index.ts"];
/** Larger typings are none that somebody wrote, and reading them would keep the window waiting. */
const MAX_TYPINGS_BYTES = 1024 * 1024;
/** Part of the text before a member in which its comment is looked for. */
const COMMENT_REACH = 4096;
const NAME = /^[a-z][a-z0-9]*(?:[-_.][a-z0-9]+)*$/i;

/** A module of the workspace. It runs inside the VM, so it has no more rights than the template gives. */
export interface WorkspaceModule {
  readonly name: string;
  /** Workspace-relative path of its code. */
  readonly entry: string;
  readonly record: AnyNativeModule;
}

/** A folder in `modules/` that cannot be used as a module, and why. */
export interface WorkspaceModuleProblem {
  readonly folder: string;
  readonly error: WorkbenchError;
}

/**
 * The modules of a workspace: `modules/<name>/index.js` (or `.mjs`, `.cjs`, `.ts`) with an `index.d.ts` beside it. A
 * folder that takes the name of a native module, a library or a built-in is a problem and no module, so that nothing is
 * shadowed.
 */
export function findWorkspaceModules(
  workspaceRoot: string,
  native: Registry = applicationRegistry,
): { modules: WorkspaceModule[]; problems: WorkspaceModuleProblem[] } {
  const modules: WorkspaceModule[] = [];
  const problems: WorkspaceModuleProblem[] = [];
  const lowered = new Map<string, string>();
  for (const name of folders(workspaceRoot)) {
    try {
      checkName(name, native);
      const twin = lowered.get(name.toLowerCase());
      if (twin !== undefined) throw refusal(name, `differs from "${twin}" only in case`);
      const found = load(workspaceRoot, name);
      lowered.set(name.toLowerCase(), name);
      modules.push(found);
    } catch (error) {
      if (!(error instanceof WorkbenchError)) throw error;
      problems.push({ folder: `${WORKSPACE_MODULES_FOLDER}/${name}`, error });
    }
  }
  return { modules, problems };
}

/** Workspace-relative path of a workspace module's code, or `undefined` when there is no such module. */
export function workspaceModuleEntry(workspaceRoot: string, name: string): string | undefined {
  try {
    checkName(name, applicationRegistry);
    return entryOf(workspaceRoot, name);
  } catch (error) {
    if (error instanceof WorkbenchError) return undefined;
    throw error;
  }
}

/** The registry as one workspace sees it: the application's modules and its own. */
export function workspaceRegistry(workspaceRoot: string, native: Registry = applicationRegistry): Registry {
  const own = findWorkspaceModules(workspaceRoot, native).modules.map(({ record }) => record);
  return own.length === 0 ? native : createRegistry(native.list(), own);
}

/**
 * Changes whenever a workspace's modules may have changed. Cheap: it looks at the files, not into them.
 */
export function workspaceModulesStamp(workspaceRoot: string): string {
  return folders(workspaceRoot)
    .map((name) => {
      const files = [...ENTRIES, "index.d.ts"].map((file) => {
        const stat = statSync(join(workspaceRoot, WORKSPACE_MODULES_FOLDER, name, file), {
          throwIfNoEntry: false,
        });
        return stat === undefined ? "" : `${stat.mtimeMs}:${stat.size}`;
      });
      return `${name}=${files.join(",")}`;
    })
    .join(";");
}

function folders(workspaceRoot: string): string[] {
  try {
    const { real } = resolveInside(workspaceRoot, WORKSPACE_MODULES_FOLDER);
    return readdirSync(real, { withFileTypes: true })
      .filter((entry) => (entry.isDirectory() || entry.isSymbolicLink()) && !entry.name.startsWith("."))
      .map((entry) => entry.name)
      .sort();
  } catch {
    return []; // no such folder, or one that leads out
  }
}

function refusal(name: string, reason: string): WorkbenchError {
  return new WorkbenchError(
    "MODULE_NOT_ALLOWED",
    `The workspace module "${name}" cannot be used: it ${reason}.`,
    { module: name },
  );
}

function checkName(name: string, native: Registry): void {
  if (!NAME.test(name)) throw refusal(name, "has a name with other characters than letters, digits, - _ .");
  const taken = native.names().find((other) => other.toLowerCase() === name.toLowerCase());
  if (taken !== undefined) throw refusal(name, `has the name of the native module "${taken}"`);
  const builtin = builtinName(name);
  if (builtin !== undefined) throw refusal(name, `has the name of the built-in ${builtin}`);
  const library = libraryIds().find((id) => id.toLowerCase() === name.toLowerCase());
  if (library !== undefined) throw refusal(name, `has the name of the library ${library}`);
}

function entryOf(workspaceRoot: string, name: string): string | undefined {
  return ENTRIES.map((file) => `${WORKSPACE_MODULES_FOLDER}/${name}/${file}`).find((path) => {
    const { real, exists } = resolveInside(workspaceRoot, path);
    return exists && statSync(real).isFile();
  });
}

function load(workspaceRoot: string, name: string): WorkspaceModule {
  const entry = entryOf(workspaceRoot, name);
  if (entry === undefined) throw refusal(name, `has no code; expected one of ${ENTRIES.join(", ")}`);
  const typings = readTypings(workspaceRoot, name);
  return { name, entry, record: recordOf(name, entry, typings) };
}

function readTypings(workspaceRoot: string, name: string): string | undefined {
  const { real, exists } = resolveInside(workspaceRoot, `${WORKSPACE_MODULES_FOLDER}/${name}/index.d.ts`);
  const stats = exists ? statSync(real) : undefined;
  if (stats?.isFile() !== true) return undefined;
  if (stats.size > MAX_TYPINGS_BYTES) throw refusal(name, "has typings of more than 1 MB");
  return readFileSync(real, "utf8");
}

function recordOf(name: string, entry: string, typings: string | undefined): AnyNativeModule {
  return defineModule({
    name,
    aliases: [],
    summary: summaryIn(typings) ?? `Module of this workspace, ${entry}.`,
    risk: "pure",
    allows:
      "Runs inside the VM, from a file of the workspace, with the rights of the template and none of its own.",
    typings: ambient(name, typings),
    members: membersIn(typings ?? ""),
    example: `const ${variableFor(name)} = require(${JSON.stringify(name)});`,
    configSchema: z.strictObject({}),
    exampleConfig: {},
    effects: () => [`load the workspace's own module ${name}`],
  });
}

function variableFor(name: string): string {
  return name.replace(/[-_.]+(\w)/g, (_all, letter: string) => letter.toUpperCase());
}

/** The `.d.ts` of a module as a declaration under its name; without one, its type is unknown. */
function ambient(name: string, typings: string | undefined): string {
  const quoted = JSON.stringify(name);
  if (typings === undefined)
    return `declare module ${quoted} {\n  const exports: any;\n  export = exports;\n}\n`;
  if (new RegExp(`declare\\s+module\\s+["']${name.replace(/[.]/g, "\\.")}["']`).test(typings)) return typings;
  // Inside the block everything is ambient already, and TypeScript refuses to hear it twice.
  const body = typings.replace(/^([ \t]*(?:export[ \t]+(?:default[ \t]+)?)?)declare[ \t]+/gm, "$1").trimEnd();
  const indented = body.split("\n").map((line) => (line.trim() === "" ? "" : `  ${line}`));
  return `declare module ${quoted} {\n${indented.join("\n")}\n}\n`;
}

/** The documenting comment that ends a text, without its marks; `""` when there is none. */
function commentAtEnd(text: string): string {
  const ending = text.trimEnd();
  if (!ending.endsWith("*/")) return "";
  // Not by a regular expression: it would look through the text once for every comment in it.
  const comment = ending.slice(ending.lastIndexOf("/*"), -2);
  return comment.startsWith("/**") && !comment.includes("*/") ? comment.slice(3) : "";
}

function commentText(comment: string): string {
  return comment
    .split("\n")
    .map((line) => line.replace(/^\s*\*? ?/, "").trimEnd())
    .filter((line) => !line.startsWith("@"))
    .join(" ")
    .trim();
}

/** The comment at the top of a `.d.ts` that is about the whole file: marked so, or followed by an empty line. */
function summaryIn(typings: string | undefined): string | undefined {
  const match = /^\s*\/\*\*((?:(?!\*\/)[\s\S])*)\*\//.exec(typings ?? "");
  if (match === null || typings === undefined) return undefined;
  const isOfFile =
    match[0].includes("@module") ||
    match[0].includes("@packageDocumentation") ||
    /^\s*\n\s*\n/.test(typings.slice(match[0].length));
  const text = commentText(match[1] ?? "");
  return isOfFile && text !== "" ? text : undefined;
}

function membersIn(typings: string): MemberDoc[] {
  const members = new Map<string, MemberDoc>();
  for (const match of typings.matchAll(
    /^[ \t]*export[ \t]+(?:declare[ \t]+)?(?:async[ \t]+)?(?:function|const|let|var|class)[ \t]+([\w$]+)(.*)$/gm,
  )) {
    const name = match[1] ?? "";
    if (members.has(name)) continue;
    const before = typings.slice(Math.max(0, match.index - COMMENT_REACH), match.index);
    const summary = commentText(commentAtEnd(before));
    const signature = `${name}${match[2] ?? ""}`
      .trim()
      .replace(/[;{]\s*$/, "")
      .trim();
    members.set(name, { name, signature, summary, params: [], returns: "", errors: [], example: "" });
  }
  return [...members.values()];
}
