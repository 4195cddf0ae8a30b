import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { TestWorkspace } from "./testing/test-workspace";

let workspace: TestWorkspace;
beforeEach(() => {
  workspace = new TestWorkspace();
});
afterEach(() => workspace.dispose());

const SCRIPT = `/**
 * @param {integer} args.top
 * @param {"info" | "warn"} [args.level=info]
 * @param {boolean} args.verbose
 */
import { args as imported } from "vm:args";
[args, imported];`;

describe("a script that declares parameters", () => {
  it("sees them checked, with their types and defaults, however it reads them; history keeps the same", async () => {
    workspace.write("a.mjs", SCRIPT);
    const { id } = await workspace.session();
    const given = { top: "3", verbose: true };
    const { finished } = workspace.sessions.execute(id, { kind: "runFile", path: "a.mjs", args: given });
    const seen = { top: 3, level: "info", verbose: true };
    expect(await finished).toMatchObject({ status: "ok", args: seen });
    const required = "/** @param {integer} args.top */ [args.top, require('vm:args').args.top]";
    workspace.write("b.js", required);
    const other = workspace.sessions.execute(id, { kind: "runFile", path: "b.js", args: { top: 5 } });
    expect((await other.finished).result?.preview).toBe("[ 5, 5 ]");
  });

  it("is not started with arguments that do not fit, and nothing is left running", async () => {
    workspace.write("a.mjs", SCRIPT);
    const { id } = await workspace.session();
    const run = (args?: Record<string, string>) => () =>
      workspace.sessions.execute(id, {
        kind: "runFile",
        path: "a.mjs",
        ...(args === undefined ? {} : { args }),
      });
    expect(run()).toThrow("a.mjs: top is missing: give a whole number.");
    expect(run({ top: "1", level: "loud" })).toThrow(
      expect.objectContaining({
        code: "VALIDATION_ERROR",
        message: expect.stringContaining("level must be"),
      }),
    );
    expect(workspace.history.listExecutions({})).toEqual([]);
    expect((await workspace.repl(id, "1 + 1")).status).toBe("ok");
  });

  it("is not started when its declaration cannot be understood; the error names the line", async () => {
    workspace.write("a.js", "/**\n * @param {nothing} args.top\n */\n1");
    const { id } = await workspace.session();
    expect(() => workspace.sessions.execute(id, { kind: "runFile", path: "a.js" })).toThrow(
      expect.objectContaining({
        code: "VALIDATION_ERROR",
        message: expect.stringMatching(/^a\.js:2: top: There is no type \{nothing\}/),
      }),
    );
  });

  it("is checked by its unsaved text; a selection of it takes what it is given", async () => {
    workspace.write("a.js", "args");
    const { id } = await workspace.session();
    const request = { kind: "runFile", path: "a.js", args: { top: "3" } } as const;
    const unsaved = { ...request, source: "/** @param {integer} args.top */\nargs.top" };
    expect((await workspace.sessions.execute(id, unsaved).finished).result?.preview).toBe("3");
    const selection = { ...unsaved, lineOffset: 0 };
    expect((await workspace.sessions.execute(id, selection).finished).result?.preview).toBe("'3'");
  });
});
