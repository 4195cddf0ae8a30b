import { posix } from "node:path";
import { RESOLVER_EXTENSIONS } from "../../shared/model/template";

/** Where a relative specifier stands in a script's text. */
interface Specifier {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

// In TypeScript, too, where no parser at hand keeps the columns. What only looks like an import (in a comment, say) is
// changed only when it names exactly a file that moved.
const SPECIFIER = /(?:\bfrom\s*|\bimport\s*\(?\s*|\brequire\s*\(\s*)(["'`])(\.{1,2}\/[^"'`\n$]*)\1/g;

function specifiersIn(source: string): Specifier[] {
  return [...source.matchAll(SPECIFIER)].map((match) => {
    const text = match[2] ?? "";
    const start = match.index + match[0].length - 1 - text.length;
    return { start, end: start + text.length, text };
  });
}

/**
 * A script's text after files moved: its relative specifiers still name the files that they named before.
 * @param before workspace-relative path that the script had
 * @param after the one that it has now
 * @param moved where a file went, by its former path; `undefined` for one that stayed
 * @param existed whether there was a file of this path before the move
 */
export function updateSpecifiers(
  source: string,
  before: string,
  after: string,
  moved: (path: string) => string | undefined,
  existed: (path: string) => boolean,
): string {
  let result = source;
  for (const { start, end, text } of specifiersIn(source).reverse()) {
    const target = resolveFile(posix.join(posix.dirname(before), text), existed);
    if (target === undefined) continue;
    const now = moved(target.file) ?? target.file;
    if (now === target.file && before === after) continue;
    const wanted = relativeSpecifier(after, now.slice(0, now.length - target.left.length));
    if (wanted !== text && moved(target.file) === undefined && resolvesTo(after, text, now, existed, moved))
      continue;
    result = result.slice(0, start) + wanted + result.slice(end);
  }
  return result;
}

/** The file that a path names, and the ending that the path left out. */
function resolveFile(
  path: string,
  existed: (path: string) => boolean,
): { file: string; left: string } | undefined {
  for (const left of [
    "",
    ...RESOLVER_EXTENSIONS,
    ...RESOLVER_EXTENSIONS.map((ending) => `/index${ending}`),
  ]) {
    if (existed(path + left)) return { file: path + left, left };
  }
  return undefined;
}

/** Whether a specifier, as it stands, still names the same file from the new place. */
function resolvesTo(
  from: string,
  text: string,
  file: string,
  existed: (path: string) => boolean,
  moved: (path: string) => string | undefined,
): boolean {
  const found = resolveFile(posix.join(posix.dirname(from), text), existed);
  return found !== undefined && found.file === file && moved(found.file) === undefined;
}

function relativeSpecifier(from: string, to: string): string {
  const path = posix.relative(posix.dirname(from), to);
  return path.startsWith(".") ? path : `./${path}`;
}
