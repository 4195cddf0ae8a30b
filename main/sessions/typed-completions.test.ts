import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { SessionId } from "../../shared/model/ids";
import type { Completion } from "../vm/session-runtime";
import { TestWorkspace } from "./testing/test-workspace";

let workspace: TestWorkspace;
let id: SessionId;
beforeAll(async () => {
  workspace = new TestWorkspace();
  const session = await workspace.session({
    modules: { fs: { roots: [{ path: ".", access: "read" }] }, database: { files: [] } },
    libraries: ["lodash", "dayjs"],
  });
  id = session.id;
});
afterAll(() => workspace.dispose());

async function find(source: string, label: string): Promise<Completion | undefined> {
  const { items } = await workspace.sessions.complete(id, source, source.length);
  expect(new Set(items.map((item) => item.label)).size).toBe(items.length);
  return items.find((item) => item.label === label);
}

describe("completion knows the typings of what the template lists", () => {
  test("before a module is loaded", async () => {
    expect(await find('require("fs").readF', "readFileSync")).toMatchObject({
      kind: "method",
      detail: expect.stringMatching(/^readFileSync\(path/) as string,
      summary: "Reads a whole file.",
    });
    expect(await find("require('node:fs').", "readFile")).toMatchObject({ kind: "method" });
    expect(await find('require("db").op', "open")).toMatchObject({ kind: "method" });
    expect(await find('require("fs").wr', "readFileSync")).toBeUndefined();
  });

  test("for a name that the same input declares", async () => {
    expect(await find('const disk = require("fs"); disk.exi', "existsSync")).toMatchObject({
      kind: "method",
    });
    expect(await find('import * as disk from "fs"\ndisk.st', "stat")).toMatchObject({
      kind: "method",
    });
    expect(await find('const disk = require("fs"); other.exi', "existsSync")).toBeUndefined();
  });

  test("beside live values, also when the script gave the module another name", async () => {
    await workspace.repl(id, 'const disk = require("fs"); disk.own = 1; const { promises } = disk;');
    expect(await find("disk.readF", "readFileSync")).toMatchObject({ summary: "Reads a whole file." });
    expect(await find("disk.ow", "own")).toEqual({ label: "own", kind: "property", detail: "number" });
    expect(await find('require("fs").ow', "own")).toMatchObject({ detail: "number" });
  });

  test("of an object that a module exports, loaded or not", async () => {
    for (const source of ['require("fs").promises.readF', '(await import("fs")).promises.readF']) {
      expect(await find(source, "readFile")).toMatchObject({
        kind: "method",
        detail: expect.stringMatching(/^readFile\(path/) as string,
        summary: expect.stringContaining("Reads a whole file.") as string,
      });
      expect(await find(source, "readFileSync")).toBeUndefined();
    }
    await workspace.repl(id, 'const files = require("fs"); const { promises: later } = files;');
    expect(await find("files.promises.readF", "readFile")).toMatchObject({
      summary: expect.stringContaining("Reads a whole file.") as string,
    });
    expect(await find("files.promises.wri", "writeFile")).toMatchObject({ kind: "method" });
    expect(await find('require("fs").constants.', "readonly")).toBeUndefined();
  });

  test("of libraries, by their global too, which completing does not load", async () => {
    expect(await find("_.chun", "chunk")).toMatchObject({
      kind: "method",
      detail: expect.stringContaining("chunk<T>(array") as string,
      summary: expect.stringContaining("Creates an array of elements") as string,
    });
    expect(await find('require("dayjs").loc', "locale")).toMatchObject({ kind: "method" });
    const loaded = await workspace.repl(
      id,
      'Object.getOwnPropertyDescriptor(globalThis, "_").get !== undefined',
    );
    expect(loaded.result?.preview).toBe("true");
    await workspace.repl(id, "_.chunk([], 1)");
    expect(await find("_.chun", "chunk")).toMatchObject({
      kind: "method",
      detail: expect.stringContaining("chunk<T>") as string,
    });
  });

  test("of nothing else", async () => {
    expect(await find('require("os").pla', "platform")).toBeUndefined();
    expect(await find('require("ramda").ma', "map")).toBeUndefined();
  });
});
