import { isAbsolute, posix } from "node:path";
import type { ConstantText, ModuleCall } from "../module-calls";
import type { RootGrant } from "./config";

const WRITES = /^(?:promises\.)?(?:write|append|mkdir|unlink|rename|copyFile|rm|create|extract)/;
/** Members whose first argument is a folder. */
const FOLDERS = /^(?:promises\.)?(?:readdir|mkdir|mkdtemp)/;

/** The folders that calls of `fs` or `zip` name as constants, each with the access that they need. */
export function rootsFromCalls(calls: readonly ModuleCall[]): RootGrant[] {
  const access = new Map<string, RootGrant["access"]>();
  const grant = (path: string | undefined, wanted: RootGrant["access"]) => {
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
  const roots = [...access].map(([path, how]): RootGrant => ({ path, access: how }));
  return roots
    .filter((root) => !roots.some((other) => other !== root && covers(other, root)))
    .sort((a, b) => a.path.localeCompare(b.path));
}

/** Copying and unpacking read their first argument and write the second. */
function firstIsOnlyRead(member: string): boolean {
  return /\b(?:copyFile|extract)/.test(member);
}

function covers(outer: RootGrant, inner: RootGrant): boolean {
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
