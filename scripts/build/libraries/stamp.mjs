// @ts-check
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { root } from "../paths.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const scripts = [
  join(here, "..", "library-bundles.mjs"),
  ...readdirSync(here).map((name) => join(here, name)),
];

/** @param {string} path */
function digest(path) {
  return existsSync(path) ? createHash("sha256").update(readFileSync(path)).digest("hex") : "";
}

/**
 * Digests of everything that decides how a library's bundle looks: its folder, these scripts, and the package.json of
 * every package that went into it.
 * @param {readonly string[]} files
 */
export function fingerprint(files) {
  const unique = [...new Set([...files, ...scripts])].sort();
  return Object.fromEntries(unique.map((path) => [relative(root, path), digest(path)]));
}

/**
 * What the last build stored about a library, when nothing has changed since.
 * @param {string} target @param {string} id
 */
export function isFresh(target, id) {
  try {
    const stamp = JSON.parse(readFileSync(join(target, `${id}.stamp.json`), "utf8"));
    const fresh = Object.entries(stamp.inputs).every(([path, was]) => digest(join(root, path)) === was);
    return fresh && existsSync(join(target, `${id}.js`)) ? stamp.descriptor : undefined;
  } catch {
    // Missing or unreadable: built anew.
    return undefined;
  }
}
