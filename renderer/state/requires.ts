/** A module specifier as a script writes it: the text between the quotes. */
export interface Specifier {
  readonly specifier: string;
  /** Offset of the first character after the quote. */
  readonly offset: number;
}

const STRING = /(["'])((?:\\.|(?!\1)[^\\\n])*)\1/y;
const LEAD = /(?:\brequire\s*\(\s*|\bimport\s*\(\s*|\bfrom\s*|\bimport\s*)$/;

/**
 * Specifiers of `require("x")`, `import … from "x"`, `export … from "x"`, `import "x"` and `import("x")`, in order.
 * Comments, templates and other strings are skipped, so that an example in a comment is not taken for a require.
 */
export function findSpecifiers(text: string): Specifier[] {
  const found: Specifier[] = [];
  let index = 0;
  // Code since the last string or comment: what stands right before a string says what it is.
  let lead = "";
  while (index < text.length) {
    const char = text.charAt(index);
    if (char === "/" && text.startsWith("//", index)) {
      index = endOf(text, "\n", index);
    } else if (char === "/" && text.startsWith("/*", index)) {
      index = endOf(text, "*/", index);
    } else if (char === "`") {
      index = skipTemplate(text, index);
      lead = "";
    } else if (char === '"' || char === "'") {
      STRING.lastIndex = index;
      const match = STRING.exec(text);
      if (match === null) {
        index += 1;
        continue;
      }
      if (LEAD.test(lead)) found.push({ specifier: match[2] ?? "", offset: index + 1 });
      index += match[0].length;
      lead = "";
    } else {
      lead = (lead + char).slice(-40);
      index += 1;
    }
  }
  return found;
}

function endOf(text: string, mark: string, from: number): number {
  const end = text.indexOf(mark, from + 2);
  return end === -1 ? text.length : end + mark.length;
}

function skipTemplate(text: string, from: number): number {
  let index = from + 1;
  while (index < text.length && text.charAt(index) !== "`") index += text.charAt(index) === "\\" ? 2 : 1;
  return index + 1;
}

/** The name that is least edits away, when it is near enough to be meant. */
export function nearest(wanted: string, names: readonly string[]): string | undefined {
  let best: { name: string; distance: number } | undefined;
  for (const name of names) {
    const distance = editDistance(wanted, name);
    if (best === undefined || distance < best.distance) best = { name, distance };
  }
  const allowed = Math.max(1, Math.floor(wanted.length / 3));
  return best !== undefined && best.distance <= allowed ? best.name : undefined;
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const cost = a.charAt(i - 1) === b.charAt(j - 1) ? 0 : 1;
      next.push(Math.min((next[j - 1] ?? 0) + 1, (row[j] ?? 0) + 1, (row[j - 1] ?? 0) + cost));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
