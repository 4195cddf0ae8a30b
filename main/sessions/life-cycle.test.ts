import { randomUUID } from "node:crypto";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ExecutionId, SessionId } from "../../shared/model/ids";
import { testTemplate, TestWorkspace } from "./testing/test-workspace";

let workspace: TestWorkspace;
beforeEach(() => {
  workspace = new TestWorkspace();
});
afterEach(() => workspace.dispose());

const code = (error: unknown) => expect.objectContaining({ code: error });

describe("a session", () => {
  it("starts, becomes ready and is stored in every state", async () => {
    const { session, started } = workspace.sessions.create(testTemplate());
    expect(session.status).toBe("starting");
    expect(workspace.history.getSession(session.id)?.status).toBe("starting");
    expect((await started).status).toBe("ready");
    expect(workspace.history.getSession(session.id)?.status).toBe("ready");
    const closed = await workspace.sessions.close(session.id);
    expect(closed).toMatchObject({ status: "closed", reason: "Closed by the user." });
    expect(workspace.history.getSession(session.id)).toEqual(closed);
  });

  it("refuses to run while it starts", async () => {
    const { session, started } = workspace.sessions.create(testTemplate());
    expect(() => workspace.sessions.execute(session.id, { kind: "repl", source: "1" })).toThrow(
      code("SESSION_NOT_READY"),
    );
    await started;
  });

  it("keeps the template as it was, whatever becomes of the template", async () => {
    const template = testTemplate({ name: "Original" });
    const { session, started } = workspace.sessions.create(template);
    template.name = "Changed";
    await started;
    expect(workspace.sessions.get(session.id).template.name).toBe("Original");
  });

  it("has a name that no other live session has", async () => {
    const names = [];
    for (let n = 0; n < 3; n++) names.push((await workspace.session({ name: "Report" })).name);
    expect(names).toEqual(["Report", "Report 2", "Report 3"]);
  });

  it("keeps its state between executions", async () => {
    const { id } = await workspace.session();
    expect((await workspace.repl(id, "var persisted = 20; persisted")).result?.preview).toBe("20");
    expect((await workspace.repl(id, "persisted + 22")).result?.preview).toBe("42");
  });

  it("is independent of another one from the same template, and closing one leaves the other", async () => {
    const template = testTemplate();
    const [one, two] = await Promise.all([
      workspace.sessions.create(template).started,
      workspace.sessions.create(template).started,
    ]);
    await workspace.repl(one.id, "var mine = 1");
    expect((await workspace.repl(two.id, "typeof mine")).result?.preview).toBe("'undefined'");
    await workspace.sessions.close(one.id);
    expect((await workspace.repl(two.id, "1 + 1")).result?.preview).toBe("2");
    const byStatus = (status: string) =>
      workspace.sessions.list().filter((session) => session.status === status);
    expect(byStatus("closed").map(({ id }) => id)).toEqual([one.id]);
    expect(byStatus("ready").map(({ id }) => id)).toEqual([two.id]);
  });

  it("can be closed in every state, again and again", async () => {
    const { session: starting } = workspace.sessions.create(testTemplate());
    expect((await workspace.sessions.close(starting.id)).status).toBe("closed");

    const busy = await workspace.session({ limits: { cpuMs: 60_000, wallMs: 60_000 } });
    const { finished } = workspace.sessions.execute(busy.id, { kind: "repl", source: "while (true) {}" });
    const [first, second] = await Promise.all([
      workspace.sessions.close(busy.id),
      workspace.sessions.close(busy.id),
    ]);
    expect(first).toEqual(second);
    expect(await finished).toMatchObject({ status: "cancelled" });
    expect((await workspace.sessions.close(busy.id)).status).toBe("closed");

    workspace.write("bad.js", "throw new Error('no')");
    const crashed = await workspace.session({ startup: [{ path: "bad.js" }] });
    expect(crashed.status).toBe("crashed");
    expect((await workspace.sessions.close(crashed.id)).status).toBe("closed");
  });

  it("is gone with its history when deleted, also while it runs", async () => {
    const { id } = await workspace.session();
    const done = await workspace.repl(id, "1");
    const { execution } = workspace.sessions.execute(id, { kind: "repl", source: "while (true) {}" });
    await workspace.sessions.delete(id);
    expect(() => workspace.sessions.get(id)).toThrow(code("SESSION_NOT_FOUND"));
    expect(workspace.history.getExecution(done.id)).toBeUndefined();
    expect(workspace.history.getExecution(execution.id)).toBeUndefined();
    expect(workspace.notices).toContainEqual({ type: "sessionRemoved", id });
  });

  it("starts again from its snapshot, with nothing of its state", async () => {
    const old = await workspace.session({ name: "Original" });
    await workspace.repl(old.id, "var lost = 1");
    const { session, started } = workspace.sessions.restart(old.id);
    expect(session).toMatchObject({ status: "starting", name: old.name, template: old.template });
    expect((await started).status).toBe("ready");
    expect((await workspace.repl(session.id, "typeof lost")).result?.preview).toBe("'undefined'");
    expect(workspace.sessions.get(old.id)).toMatchObject({ status: "closed", reason: "Restarted." });
  });

  it("refuses to run when it is closed, and says what helps", async () => {
    const { id } = await workspace.session();
    await workspace.sessions.close(id);
    expect(() => workspace.sessions.execute(id, { kind: "repl", source: "1" })).toThrow(
      /closed.*Restart it/s,
    );
    await expect(workspace.sessions.complete(id, "a", 1)).rejects.toThrow(code("SESSION_NOT_READY"));
  });

  it("that nobody knows is not found; an id that is none is refused", async () => {
    const unknown = randomUUID() as SessionId;
    expect(() => workspace.sessions.get(unknown)).toThrow(code("SESSION_NOT_FOUND"));
    expect(() => workspace.sessions.get("nonsense" as SessionId)).toThrow(code("VALIDATION_ERROR"));
    expect(() => workspace.sessions.restart(unknown)).toThrow(code("SESSION_NOT_FOUND"));
    await expect(workspace.sessions.close(unknown)).rejects.toThrow(code("SESSION_NOT_FOUND"));
    await expect(workspace.sessions.delete(unknown)).rejects.toThrow(code("SESSION_NOT_FOUND"));
    await expect(workspace.sessions.stop(randomUUID() as ExecutionId)).rejects.toThrow(
      code("EXECUTION_NOT_FOUND"),
    );
    await expect(workspace.sessions.stop("nonsense" as ExecutionId)).rejects.toThrow(
      code("VALIDATION_ERROR"),
    );
  });
});

describe("startup files", () => {
  it("run in order, see what the earlier ones left, and are recorded with their console", async () => {
    workspace.write("one.js", "globalThis.one = 1; console.log('first')");
    workspace.write("two.js", "globalThis.two = one + 1; console.log('second')");
    const session = await workspace.session({ startup: [{ path: "one.js" }, { path: "two.js" }] });
    expect(session.status).toBe("ready");
    const startups = workspace.history.listExecutions({ kind: "startup" }).reverse();
    expect(startups.map(({ path, status, source }) => [path, status, source.slice(0, 14)])).toEqual([
      ["one.js", "ok", "globalThis.one"],
      ["two.js", "ok", "globalThis.two"],
    ]);
    expect(
      startups.flatMap(({ id }) => workspace.events(id)).filter(({ type }) => type === "console"),
    ).toHaveLength(2);
    expect((await workspace.repl(session.id, "two")).result?.preview).toBe("2");
  });

  it("that fail crash the session, which says file and line; later ones do not run", async () => {
    workspace.write("good.js", "1");
    workspace.write("bad.js", "\n\nthrow new Error('no such luck')");
    const session = await workspace.session({
      startup: [{ path: "good.js" }, { path: "bad.js" }, { path: "good.js" }],
    });
    expect(session).toMatchObject({
      status: "crashed",
      lastError: { code: "STARTUP_FAILED", location: { path: "bad.js", line: 3 } },
    });
    expect(session.lastError?.message).toMatch(/"bad\.js" failed \(bad\.js:3.*no such luck/);
    expect(workspace.history.listExecutions({ kind: "startup" })).toHaveLength(2);
    expect(() => workspace.sessions.execute(session.id, { kind: "repl", source: "1" })).toThrow(
      code("SESSION_NOT_READY"),
    );
  });

  it("that are missing crash the session and leave nothing running", async () => {
    const session = await workspace.session({ startup: [{ path: "missing.js" }] });
    expect(session).toMatchObject({ status: "crashed", lastError: { code: "STARTUP_FAILED" } });
    expect(session.lastError?.message).toContain("missing.js");
    expect(workspace.history.listExecutions({}).map(({ status }) => status)).toEqual(["error"]);
  });

  it("that never end crash the session at the limit", async () => {
    workspace.write("endless.js", "while (true) {}");
    const session = await workspace.session({ startup: [{ path: "endless.js" }], limits: { cpuMs: 100 } });
    expect(session).toMatchObject({ status: "crashed", lastError: { code: "STARTUP_FAILED" } });
    expect(workspace.history.listExecutions({}).map(({ status }) => status)).toEqual(["timeout"]);
  });

  it("are stopped when the session is closed meanwhile", async () => {
    workspace.write("endless.js", "while (true) {}");
    const { session } = workspace.sessions.create(
      testTemplate({ startup: [{ path: "endless.js" }], limits: { cpuMs: 60_000, wallMs: 60_000 } }),
    );
    await workspace.until((notice) => notice.type === "execution" && notice.execution.kind === "startup");
    expect((await workspace.sessions.close(session.id)).status).toBe("closed");
    expect(workspace.history.listExecutions({}).map(({ status }) => status)).toEqual(["cancelled"]);
  });
});

describe("an execution", () => {
  it("of the REPL is stored with exactly its events", async () => {
    const { id } = await workspace.session();
    const ended = await workspace.repl(id, "console.log('repl'); 20 + 22");
    expect(ended).toMatchObject({ status: "ok", kind: "repl", result: { preview: "42" } });
    expect(workspace.history.getExecution(ended.id)).toEqual(ended);
    expect(workspace.events(ended.id).map(({ seq, type }) => [seq, type])).toEqual([
      [1, "inputEcho"],
      [2, "console"],
      [3, "value"],
    ]);
    expect(ended.metrics).toMatchObject({ events: 3 });
  });

  it("that throws has a message and no result, and the session goes on", async () => {
    const { id } = await workspace.session();
    const ended = await workspace.repl(id, "throw new Error('boom')");
    expect(ended).toMatchObject({ status: "error", error: { name: "Error", message: "boom" } });
    expect(ended.result).toBeUndefined();
    expect(workspace.trace(ended.id)).toEqual(["inputEcho", "exception"]);
    expect((await workspace.repl(id, "1 + 1")).status).toBe("ok");
  });

  it("of a file stores the text that ran, its arguments and environment", async () => {
    workspace.write("a/script.js", "console.log('file'); 40 + 2");
    const { id } = await workspace.session();
    const { finished } = workspace.sessions.execute(id, {
      kind: "runFile",
      path: "x/../a/script.js",
      args: { a: 1 },
      env: { env: "test" },
    });
    const ended = await finished;
    expect(ended).toMatchObject({
      status: "ok",
      path: "a/script.js",
      source: "console.log('file'); 40 + 2",
      args: { a: 1 },
      env: { env: "test" },
      result: { preview: "42" },
      templateName: "Test",
    });
    expect(workspace.trace(ended.id)).toEqual(["console", "value"]);
  });

  it("that gives nothing has the result undefined", async () => {
    const { id } = await workspace.session();
    expect((await workspace.repl(id, "undefined")).result).toMatchObject({
      type: "undefined",
      preview: "undefined",
    });
  });

  it("is refused while another one runs, at once, and the first is not disturbed", async () => {
    const { id } = await workspace.session({ limits: { cpuMs: 60_000, wallMs: 60_000 } });
    const { execution } = workspace.sessions.execute(id, { kind: "repl", source: "while (true) {}" });
    expect(workspace.sessions.get(id).busyWith).toBe(execution.id);
    expect(() => workspace.sessions.execute(id, { kind: "repl", source: "1" })).toThrow(code("SESSION_BUSY"));
    expect(workspace.history.listExecutions({})).toHaveLength(1);
    await workspace.sessions.stop(execution.id);
    expect(workspace.sessions.get(id).busyWith).toBeUndefined();
  });

  it("streams its events while it runs", async () => {
    const { id } = await workspace.session({ limits: { cpuMs: 60_000, wallMs: 60_000 } });
    const { execution } = workspace.sessions.execute(id, {
      kind: "repl",
      source: "console.log('on my way'); while (true) {}",
    });
    await workspace.until(
      (notice) =>
        notice.type === "events" &&
        notice.events.some((event) => event.type === "console" && event.payload.text === "on my way"),
    );
    expect(workspace.trace(execution.id)).toEqual(["inputEcho", "console"]);
    await workspace.sessions.stop(execution.id);
  });

  describe("of a path", () => {
    it.each([
      ["", "FILE_NOT_FOUND"],
      [".", "FILE_NOT_FOUND"],
      ["missing.js", "FILE_NOT_FOUND"],
      ["../x.js", "INVALID_PATH"],
      ["/etc/passwd", "INVALID_PATH"],
      ["folder", "INVALID_PATH"],
      ["link.js", "INVALID_PATH"],
    ])("%j is refused with %s and leaves nothing running", async (path, expected) => {
      mkdirSync(join(workspace.root, "folder"));
      writeFileSync(join(dirname(workspace.root), "outside.js"), "1");
      symlinkSync(join(dirname(workspace.root), "outside.js"), join(workspace.root, "link.js"));
      const { id } = await workspace.session();
      expect(() => workspace.sessions.execute(id, { kind: "runFile", path })).toThrow(code(expected));
      expect(workspace.history.listExecutions({})).toEqual([]);
      expect((await workspace.repl(id, "1")).status).toBe("ok");
    });
  });
});
