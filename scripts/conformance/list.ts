import { readdirSync, statSync } from "node:fs";
import { join, posix } from "node:path";

/** Parts of test262 that an engine without Intl is measured by. */
const DEFAULT_PARTS = ["language", "built-ins"] as const;

export interface Selection {
  /** Folders or files below `test/`, such as `language/expressions`; empty: language and built-ins. */
  readonly filters: readonly string[];
  /** Every nth test only; 1 for all. */
  readonly every: number;
}

/** Paths of the tests, relative to the folder of test262, in order. Throws when a filter names nothing. */
export function listTests(root: string, { filters, every }: Selection): string[] {
  const parts = filters.length === 0 ? DEFAULT_PARTS : filters;
  const found = parts.flatMap((part) => {
    const path = posix.join("test", part);
    const stats = statSync(join(root, path), { throwIfNoEntry: false });
    if (stats === undefined) throw new Error(`There is no "${path}" in ${root}.`);
    return stats.isFile() ? [path] : walk(root, path);
  });
  return found.filter((_, index) => index % every === 0);
}

function walk(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = posix.join(folder, entry.name);
      if (entry.isDirectory()) return walk(root, path);
      return entry.name.endsWith(".js") && !entry.name.includes("_FIXTURE") ? [path] : [];
    });
}
