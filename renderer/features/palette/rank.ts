import { baseName } from "../../state/paths";

/**
 * Files that fit a query, the best first: every letter in order, better at the start of a name or word and side by
 * side. Without a query, the files used last come first.
 */
export function rankFiles(paths: readonly string[], query: string, recent: readonly string[]): string[] {
  const wanted = query.toLowerCase().replace(/\s+/g, "");
  const known = new Set(paths);
  if (wanted === "") return [...new Set([...recent.filter((path) => known.has(path)), ...paths])];
  return paths
    .map((path) => ({ path, score: scoreOf(path, wanted) + (recent.includes(path) ? 3 : 0) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || a.path.length - b.path.length)
    .map(({ path }) => path);
}

function scoreOf(path: string, wanted: string): number {
  const lower = path.toLowerCase();
  const nameStart = lower.length - baseName(lower).length;
  const exact = lower.indexOf(wanted, nameStart);
  if (exact !== -1) return 200 - (exact - nameStart);
  let score = 1;
  let from = 0;
  for (const letter of wanted) {
    const at = lower.indexOf(letter, from);
    if (at === -1) return 0;
    const isWordStart = at === 0 || /[/._-]/.test(lower.charAt(at - 1));
    score += (at === from ? 3 : 0) + (isWordStart ? 4 : 0) + (at >= nameStart ? 2 : 0);
    from = at + 1;
  }
  return score;
}
