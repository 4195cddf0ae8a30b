import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { createContext, Script } from "node:vm";
import { z } from "zod";
import { WorkbenchError } from "../../shared/model/error";
import type { SearchMatch } from "../../shared/ipc/workspace";
import { walkFiles } from "./walk";

export interface SearchQuery {
  readonly query: string;
  readonly regex: boolean;
  readonly caseSensitive: boolean;
  readonly wholeWord: boolean;
}

export interface SearchSummary {
  readonly matches: number;
  readonly files: number;
  /** There were more; or a file took too long and was left. */
  readonly truncated: boolean;
  readonly cancelled: boolean;
}

const MAX_MATCHES = 10_000;
const MAX_MATCHES_PER_FILE = 1000;
const MAX_FILE_BYTES = 4 * 1024 * 1024;
const MAX_LINE = 400;
/** A regular expression can take for ever on one line; a file that takes longer is left out. */
const FILE_TIMEOUT_MS = 1000;

// Runs in a context of its own, because that is where V8 can stop a regular expression that does not end.
const finder = new Script(`(() => {
  const expression = new RegExp(pattern, flags);
  const found = [];
  for (const match of text.matchAll(expression)) {
    if (match[0].length > 0) found.push(match.index, match[0].length);
    if (found.length >= most * 2) break;
  }
  return JSON.stringify(found);
})()`);

const foundSchema = z.array(z.int());

/**
 * Searches the workspace's text files, those that `.gitignore` ignores left out, and hands over matches file by file.
 * Throws `VALIDATION_ERROR` for an invalid regular expression.
 */
export async function searchFiles(
  root: string,
  query: SearchQuery,
  onMatches: (matches: SearchMatch[]) => void,
): Promise<SearchSummary> {
  const expression = compile(query);
  let matches = 0;
  let files = 0;
  let truncated = false;
  for await (const path of walkFiles(root)) {
    const text = await readText(join(root, path));
    if (text === undefined) continue;
    const found = expression.find(text);
    if (found === undefined) {
      truncated = true;
      continue;
    }
    if (found.length === 0) continue;
    const room = MAX_MATCHES - matches;
    const list = places(path, text, found.slice(0, room));
    truncated ||= found.length > room || found.length >= MAX_MATCHES_PER_FILE;
    matches += list.length;
    files++;
    onMatches(list);
    if (matches >= MAX_MATCHES) break;
  }
  return { matches, files, truncated, cancelled: false };
}

interface Found {
  readonly index: number;
  readonly length: number;
}

interface Expression {
  /** Places in a text; `undefined` when it takes too long. */
  find(text: string): Found[] | undefined;
}

interface Pattern {
  readonly source: string;
  readonly flags: string;
}

/** The regular expression of a query. Throws `VALIDATION_ERROR` for an invalid one. */
export function patternOf({ query, regex, caseSensitive, wholeWord }: SearchQuery): Pattern {
  const pattern = regex ? query : query.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
  const words = wholeWord ? `(?<![\\p{L}\\p{N}_])(?:${pattern})(?![\\p{L}\\p{N}_])` : pattern;
  const flags = `gm${wholeWord ? "u" : ""}${caseSensitive ? "" : "i"}`;
  try {
    new RegExp(words, flags);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new WorkbenchError("VALIDATION_ERROR", `This is not a regular expression: ${reason}`, { query });
  }
  return { source: words, flags };
}

function compile(query: SearchQuery): Expression {
  const { source, flags } = patternOf(query);
  const context = createContext({ pattern: source, flags, most: MAX_MATCHES_PER_FILE, text: "" });
  return {
    find: (text) => {
      context["text"] = text;
      try {
        const numbers = foundSchema.parse(
          JSON.parse(String(finder.runInContext(context, { timeout: FILE_TIMEOUT_MS }))),
        );
        return pairs(numbers);
      } catch {
        return undefined;
      }
    },
  };
}

function pairs(numbers: readonly number[]): Found[] {
  const found: Found[] = [];
  for (let index = 0; index < numbers.length; index += 2) {
    found.push({ index: numbers[index] ?? 0, length: numbers[index + 1] ?? 0 });
  }
  return found;
}

/** Lines and columns, counting from 1; the text is that of the line where the match begins. */
function places(path: string, text: string, found: readonly Found[]): SearchMatch[] {
  let line = 1;
  let lineStart = 0;
  return found.map(({ index, length }) => {
    for (
      let next = text.indexOf("\n", lineStart);
      next !== -1 && next < index;
      next = text.indexOf("\n", lineStart)
    ) {
      line++;
      lineStart = next + 1;
    }
    const lineEnd = text.indexOf("\n", index);
    const whole = text.slice(lineStart, lineEnd === -1 ? undefined : lineEnd).replace(/\r$/, "");
    return { path, line, column: index - lineStart + 1, length, text: whole.slice(0, MAX_LINE) };
  });
}

async function readText(path: string): Promise<string | undefined> {
  try {
    if ((await stat(path)).size > MAX_FILE_BYTES) return undefined;
    const bytes = await readFile(path);
    return bytes.subarray(0, 8000).includes(0) ? undefined : bytes.toString("utf8");
  } catch {
    return undefined; // gone meanwhile
  }
}
