import { readFileSync } from "node:fs";
import { join } from "node:path";
import { inspect } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTestSession, type TestSession } from "./testing";

const guide = readFileSync(join(import.meta.dirname, "../../docs/guides/javascript.md"), "utf8");
const [, absent = "", present = "", different = ""] = guide.split(/^## .*$/m);

/** What stands in backquotes. */
function codes(text: string): string[] {
  return [...text.matchAll(/`([^`]+)`/g)].map(([, code = ""]) => code);
}
function rows(text: string): string[][] {
  return [...text.matchAll(/^\|(.*)\|$/gm)]
    .slice(2)
    .map(([, row = ""]) => row.split(/ \| /).map((cell) => cell.trim()));
}

const ATTEMPT =
  "globalThis.attempt = (run) => { try { const made = run(); return made instanceof Promise ? made.catch((e) => e.message) : made; } catch (e) { return e.message; } };";

let session: TestSession;
beforeAll(async () => {
  session = await openTestSession();
  await session.repl(ATTEMPT);
});
afterAll(() => session.dispose());

describe("the guide to JavaScript is true", () => {
  const missing = rows(absent).flatMap(([names = ""]) => codes(names));
  test.each(missing)("%s is not there", async (name) => {
    expect((await session.repl(`typeof ${name}`)).result?.json).toBe("undefined");
    expect((0, eval)(`typeof ${name}`)).not.toBe("undefined");
  });

  test.each(codes(present))("%s is there", async (name) => {
    expect((await session.repl(`typeof ${name}`)).result?.json).toBe("function");
  });

  const differences = rows(different).map((cells) => cells.map((cell) => codes(cell)[0] ?? ""));
  test.each(differences)("%s is %s here, and %s in Node", async (code, here, node) => {
    expect(here).not.toBe(node);
    expect((await session.repl(`await (${code})`)).result?.preview).toBe(here);
    if (!process.version.startsWith("v20.")) return;
    (0, eval)(ATTEMPT);
    expect(inspect(await (0, eval)(`(${code})`))).toBe(node);
  });

  test("names something in every table", () => {
    expect([missing, codes(present), differences].map((list) => list.length > 10)).toEqual([
      true,
      true,
      true,
    ]);
  });
});
