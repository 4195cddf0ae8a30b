import { isAbsolute, posix } from "node:path";
import type { ModuleConfig } from "../../shared/model/template";
import { configDefaults } from "../modules/descriptor";
import { decideModule } from "../modules/policy";
import type { Registry } from "../modules/registry";
import type { ConstantText, ModuleCall } from "./script-analysis";

/** What the calls of one module need, as far as their constant arguments say. */
type ConfigReader = (calls: readonly ModuleCall[]) => ModuleConfig;

/** Modules whose configuration names things that scripts pass as arguments. */
const READERS: Readonly<Record<string, ConfigReader>> = {
  fs: (calls) => ({ roots: rootsOf(calls) }),
  zip: (calls) => ({ roots: rootsOf(calls) }),
  exec: (calls) => ({
    commands: unique(
      calls
        .filter(({ member }) => ["run", "exec", ""].includes(member))
        .map((call) => constant(call.args[0])),
    ),
  }),
  database: (calls) => ({ files: unique([...filesOf(calls, "open", 0), ...filesOf(calls, "configure", 1)]) }),
  fetch: (calls) => ({
    origins: unique(
      calls
        .filter(({ member }) => ["fetch", "", "client"].includes(member))
        .map((call) => originOf(call.args[0])),
    ),
  }),
};

/**
 * The least configuration of a module that allows these calls; its defaults where nothing can be told. Always valid.
 */
export function configFromCalls(
  name: string,
  calls: readonly ModuleCall[],
  registry: Registry,
): ModuleConfig {
  const record = registry.find(name);
  if (record === undefined) return {};
  const read = READERS[name]?.(calls);
  const decision = read === undefined ? undefined : decideModule(name, read, registry);
  return decision?.allowed === true ? decision.module.config : configDefaults(record);
}

const WRITES = /^(?:promises\.)?(?:write|append|mkdir|unlink|rename|copyFile|rm|create|extract)/;
/** Members whose first argument is a folder. */
const FOLDERS = /^(?:promises\.)?(?:readdir|mkdir|mkdtemp)/;

interface Root {
  readonly path: string;
  readonly access: "read" | "read-write";
}

function rootsOf(calls: readonly ModuleCall[]): { path: string; access: "read" | "read-write" }[] {
  const access = new Map<string, Root["access"]>();
  const grant = (path: string | undefined, wanted: Root["access"]) => {
    if (path === undefined) return;
    if (access.get(path) !== "read-write") access.set(path, wanted);
  };
  for (const call of calls) {
    if (/\bmkdtemp/.test(call.member)) grant(folderOf(call.args[0], false), "read-write");
    else
      grant(
        folderOf(call.args[0], FOLDERS.test(call.member)),
        firstIsOnlyRead(call.member) ? "read" : WRITES.test(call.member) ? "read-write" : "read",
      );
    if (/\b(?:copyFile|rename|extract)/.test(call.member))
      grant(folderOf(call.args[1], /extract/.test(call.member)), "read-write");
  }
  const roots = [...access].map(([path, how]): Root => ({ path, access: how }));
  return roots
    .filter((root) => !roots.some((other) => other !== root && covers(other, root)))
    .sort((a, b) => a.path.localeCompare(b.path));
}

/** Copying and unpacking read their first argument and write the second. */
function firstIsOnlyRead(member: string): boolean {
  return /\b(?:copyFile|extract)/.test(member);
}

function covers(outer: Root, inner: Root): boolean {
  const inside = outer.path === "." || inner.path.startsWith(`${outer.path}/`);
  return inside && (outer.access === "read-write" || inner.access === "read");
}

/** The folder of the workspace that a constant path lies in, or is. */
function folderOf(text: ConstantText | undefined, isFolder: boolean): string | undefined {
  if (text === undefined || text.text === "" || isAbsolute(text.text)) return undefined;
  const normal = posix.normalize(text.text.replaceAll("\\", "/")).replace(/\/$/, "");
  if (normal === ".." || normal.startsWith("../")) return undefined;
  const folder =
    isFolder && !text.partial
      ? normal
      : text.partial && text.text.endsWith("/")
        ? normal
        : posix.dirname(normal);
  return folder === "" ? "." : folder;
}

function filesOf(calls: readonly ModuleCall[], member: string, index: number): (string | undefined)[] {
  return calls
    .filter((call) => call.member === member)
    .map((call) => constant(call.args[index]))
    .filter((file) => file !== ":memory:")
    .map((file) => (file === undefined ? undefined : posix.normalize(file)));
}

function constant(text: ConstantText | undefined): string | undefined {
  return text === undefined || text.partial ? undefined : text.text;
}

function originOf(text: ConstantText | undefined): string | undefined {
  // Cut within the host, another host may follow: `https://api.` says nothing.
  if (text === undefined || (text.partial && !/^https?:\/\/[^/]+\//.test(text.text))) return undefined;
  try {
    const { origin } = new URL(text.text);
    return origin === "null" ? undefined : origin;
  } catch {
    return undefined;
  }
}

function unique(texts: readonly (string | undefined)[]): string[] {
  return [...new Set(texts.filter((text) => text !== undefined))].sort();
}
