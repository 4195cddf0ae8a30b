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
