import ignore, { type Ignore } from "ignore";
import type { Dirent } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/** Folders that are never searched, listed for quick open, or watched. */
export const SKIPPED_FOLDERS: ReadonlySet<string> = new Set([".git", "node_modules"]);

interface Rules {
  /** Folder that the rules count from, workspace-relative, with `/` at its end; `""` for the root. */
  readonly base: string;
  readonly ignore: Ignore;
}

/**
 * Every file of a workspace that its `.gitignore` files do not ignore, workspace-relative with `/`, folder by folder.
 * Symbolic links are not followed.
 */
export async function* walkFiles(root: string): AsyncGenerator<string> {
  yield* walkFolder(root, "", []);
}

async function* walkFolder(root: string, folder: string, outer: readonly Rules[]): AsyncGenerator<string> {
  const entries = await readFolder(join(root, folder));
  const own = entries.some((entry) => entry.name === ".gitignore" && entry.isFile())
    ? await readRules(root, folder)
    : undefined;
  const rules = own === undefined ? outer : [...outer, own];
  const folders: string[] = [];
  for (const entry of entries) {
    const path = folder + entry.name;
    if (entry.isFile() && !isIgnored(path, rules)) yield path;
    if (entry.isDirectory() && !SKIPPED_FOLDERS.has(entry.name) && !isIgnored(`${path}/`, rules))
      folders.push(`${path}/`);
  }
  for (const path of folders) yield* walkFolder(root, path, rules);
}

async function readFolder(path: string): Promise<Dirent[]> {
  try {
    const entries = await readdir(path, { withFileTypes: true });
    return entries.sort((a, b) => a.name.localeCompare(b.name));
  } catch {
    return []; // gone meanwhile, or not ours to read: the rest still counts
  }
}

async function readRules(root: string, folder: string): Promise<Rules | undefined> {
  try {
    return { base: folder, ignore: ignore().add(await readFile(join(root, folder, ".gitignore"), "utf8")) };
  } catch {
    return undefined;
  }
}

/** Inner rules decide over outer ones, as git does it. */
function isIgnored(path: string, rules: readonly Rules[]): boolean {
  let ignored = false;
  for (const { base, ignore: each } of rules) {
    const result = each.test(path.slice(base.length));
    if (result.ignored) ignored = true;
    if (result.unignored) ignored = false;
  }
  return ignored;
}
