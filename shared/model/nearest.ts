import { closestMatch } from "leven";

/**
 * The candidate that somebody who typed `name` most likely meant, case aside; `undefined` when none is near.
 * Short names tolerate one slip, longer ones a third of their length.
 */
export function nearest(name: string, candidates: readonly string[]): string | undefined {
  const wanted = name.trim().toLowerCase();
  if (wanted === "") return undefined;
  const same = candidates.find((candidate) => candidate.toLowerCase() === wanted);
  if (same !== undefined) return same;
  const lowered = candidates.map((candidate) => candidate.toLowerCase());
  const maxDistance = Math.max(1, Math.floor(wanted.length / 3));
  const match = closestMatch(wanted, lowered, { maxDistance });
  return match === undefined ? undefined : candidates[lowered.indexOf(match)];
}

/**
 * The file that a relative specifier most likely means, as a script in `folder` writes it: `./utl` means `./util.js`, and
 * `./util.js` the only `./lib/util.js` there is. `files` and `folder` are workspace-relative, `""` is the workspace itself.
 */
export function nearestFile(specifier: string, folder: string, files: readonly string[]): string | undefined {
  const wanted = tidied(specifier);
  const names = files.map((file) => relativeName(folder, file));
  const near = nearest(wanted, names);
  if (near !== undefined) return near;
  const short = nearest(wanted, names.map(withoutEnding));
  if (short !== undefined) return names.find((name) => withoutEnding(name) === short);
  const base = baseOf(wanted);
  const same = names.filter((name) => baseOf(name) === base || withoutEnding(baseOf(name)) === base);
  return same.length === 1 ? same[0] : undefined;
}

/** The nearest file for a specifier that begins at the workspace's or a root's folder, without its ending. */
export function nearestScript(specifier: string, files: readonly string[]): string | undefined {
  return nearest(specifier, files.map(withoutEnding));
}

/** A workspace file as a script in `folder` writes it: with `./` or `../`. */
function relativeName(folder: string, file: string): string {
  const from = folder === "" ? [] : folder.split("/");
  const to = file.split("/");
  let common = 0;
  while (common < from.length && from[common] === to[common]) common += 1;
  const up = "../".repeat(from.length - common);
  return (up === "" ? "./" : up) + to.slice(common).join("/");
}

/** `./../a/./b` is `../a/b`. */
function tidied(specifier: string): string {
  const kept: string[] = [];
  for (const part of specifier.split("/")) {
    if (part === "..") {
      if (kept.length === 0 || kept.at(-1) === "..") kept.push(part);
      else kept.pop();
    } else if (part !== "." && part !== "") kept.push(part);
  }
  return kept[0] === ".." ? kept.join("/") : `./${kept.join("/")}`;
}

const withoutEnding = (name: string): string => name.replace(/\.\w+$/, "");
const baseOf = (name: string): string => name.slice(name.lastIndexOf("/") + 1);
