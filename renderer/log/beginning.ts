import { formatCount, plural } from "../state/format";

const LINES = 25;
const CHARACTERS = 5000;

/** The beginning of a text that would fill the log, and how much follows; `undefined` for one of usual length. */
export function beginningOf(text: string): { readonly text: string; readonly rest: string } | undefined {
  if (text.length <= CHARACTERS && !hasMoreLines(text)) return undefined;
  const lines = text.slice(0, CHARACTERS).split("\n", LINES);
  const shown = lines.join("\n");
  const restLines = countLines(text) - lines.length;
  // A few more are no trouble.
  if (text.length <= CHARACTERS && restLines < 5) return undefined;
  return {
    text: shown,
    rest:
      restLines > 0
        ? plural(restLines, "more line")
        : `${formatCount(text.length - shown.length)} more characters`,
  };
}

function hasMoreLines(text: string): boolean {
  let at = -1;
  for (let line = 0; line < LINES; line += 1) {
    at = text.indexOf("\n", at + 1);
    if (at === -1) return false;
  }
  return true;
}

function countLines(text: string): number {
  let lines = 1;
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) lines += 1;
  return lines;
}
