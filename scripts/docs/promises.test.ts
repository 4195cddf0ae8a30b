import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "..", "..");

interface Row {
  readonly promise: string;
  readonly proofs: readonly { readonly file: string; readonly title: string }[];
}

/** Rows of the tables: `| 1 | promise | \`file\` › title · title · \`file\` › title |`. */
function rows(): Row[] {
  return readFileSync(join(root, "docs", "promises.md"), "utf8")
    .split("\n")
    .flatMap((line) => {
      const cells = /^\| *(\d+) *\| (.*?) *\| (.*?) *\|$/.exec(line);
      if (cells === null) return [];
      let file = "";
      const proofs = (cells[3] ?? "").split(" · ").map((part) => {
        const named = /^`(.+)` › (.*)$/.exec(part);
        if (named !== null) file = named[1] ?? "";
        return { file, title: named?.[2] ?? part };
      });
      return [{ promise: `${cells[1]} ${cells[2]}`, proofs }];
    });
}

describe("every promise has its proof", () => {
  it("all 32 are listed", () => {
    expect(rows().map((row) => Number.parseInt(row.promise, 10))).toEqual(
      Array.from({ length: 32 }, (_, index) => index + 1),
    );
  });

  it.each(rows().map((row) => [row.promise, row] as const))("%s", (_promise, row) => {
    for (const { file, title } of row.proofs) {
      expect(existsSync(join(root, file)), `${file} exists`).toBe(true);
      expect(readFileSync(join(root, file), "utf8"), file).toContain(title);
    }
  });
});
