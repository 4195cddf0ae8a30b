import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { TestWorkspace } from "./testing/test-workspace";
import { SLACK_MS } from "../testing/slack";

let workspace: TestWorkspace;
beforeEach(() => {
  workspace = new TestWorkspace();
});
afterEach(() => workspace.dispose());

/** The interpreter never looks at its interrupt handler while it does this. */
const UNINTERRUPTIBLE = 'new Array(4e9) + ""';
const LONG = { cpuMs: 600_000, wallMs: 600_000 };

async function running(source: string, limits: object = LONG) {
  const session = await workspace.session({ limits });
  const { execution, finished } = workspace.sessions.execute(session.id, {
    kind: "repl",
    source: `console.log("started"); ${source}`,
  });
  await workspace.until(
    (notice) => notice.type === "events" && notice.executionId === execution.id && notice.events.length > 0,
  );
  return { session, execution, finished };
}

describe("stop", () => {
  it("interrupts code that can be interrupted, and the session keeps its state", async () => {
    const { session, execution, finished } = await running("var kept = 1; while (true) {}");
    const { outcome, message } = await workspace.sessions.stop(execution.id);
    // Not "killed": it ended by itself, before the watchdog's time for that was over.
    expect(outcome).toBe("interrupted");
    expect(message).toContain("keeps its state");
    const ended = await finished;
    expect(ended).toMatchObject({
      status: "cancelled",
      stop: "interrupted",
      error: { code: "EXECUTION_CANCELLED" },
    });
    expect(workspace.history.getExecution(execution.id)).toEqual(ended);
    expect((await workspace.repl(session.id, "kept")).result?.preview).toBe("1");
  });

  it("replaces the engine under code that cannot be interrupted, and says so", async () => {
    const { session, execution, finished } = await running(`var lost = 1; ${UNINTERRUPTIBLE}`);
    const before = performance.now();
    const { outcome } = await workspace.sessions.stop(execution.id);
    expect(performance.now() - before).toBeLessThan(SLACK_MS);
    expect(outcome).toBe("engineReplaced");
    const ended = await finished;
    expect(ended).toMatchObject({ status: "cancelled", stop: "engineReplaced" });
    expect(workspace.history.getExecution(execution.id)).toEqual(ended);
    const events = workspace.events(execution.id);
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
    expect(ended.metrics?.events).toBe(events.length);
    expect(events).toContainEqual(expect.objectContaining({ type: "console" }));
    expect(events.at(-1)).toMatchObject({ type: "system", payload: { kind: "restarted" } });
    expect(workspace.sessions.get(session.id).status).toBe("ready");
    expect((await workspace.repl(session.id, "typeof lost")).result?.preview).toBe("'undefined'");
  });

  it("can be asked for many times, and after the end", async () => {
    const { execution } = await running("while (true) {}");
    const outcomes = await Promise.all([1, 2, 3].map(() => workspace.sessions.stop(execution.id)));
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(["interrupted", "interrupted", "interrupted"]);
    expect(await workspace.sessions.stop(execution.id)).toMatchObject({ outcome: null });
  });

  it("before the engine has begun works too", async () => {
    const { id } = await workspace.session({ limits: LONG });
    const { execution, finished } = workspace.sessions.execute(id, {
      kind: "repl",
      source: "while (true) {}",
    });
    await workspace.sessions.stop(execution.id);
    expect((await finished).status).toBe("cancelled");
  });

  it("of one session is not felt by another", async () => {
    const { execution } = await running(UNINTERRUPTIBLE);
    const other = await running("while (true) {}");
    await workspace.sessions.stop(execution.id);
    expect(workspace.sessions.get(other.session.id).busyWith).toBe(other.execution.id);
    await workspace.sessions.stop(other.execution.id);
    expect(await other.finished).toMatchObject({ status: "cancelled", stop: "interrupted" });
  });

  it("by closing the session says that its thread was killed", async () => {
    const { session, finished } = await running(UNINTERRUPTIBLE);
    expect((await workspace.sessions.close(session.id)).status).toBe("closed");
    expect(await finished).toMatchObject({ status: "cancelled", stop: "killed" });
  });
});

describe("code that cannot be interrupted", () => {
  it("is ended within a second of the CPU limit; what it wrote before is kept", async () => {
    const started = performance.now();
    const { session, execution, finished } = await running(UNINTERRUPTIBLE, { cpuMs: 300, wallMs: 60_000 });
    const ended = await finished;
    expect(performance.now() - started).toBeLessThan(300 + SLACK_MS);
    expect(ended).toMatchObject({
      status: "timeout",
      stop: "engineReplaced",
      error: { code: "CPU_LIMIT_EXCEEDED" },
    });
    expect(ended.metrics?.wallMs).toBeLessThan(300 + SLACK_MS);
    expect(workspace.events(execution.id)).toContainEqual(
      expect.objectContaining({
        type: "system",
        payload: expect.objectContaining({ code: "CPU_LIMIT_EXCEEDED" }),
      }),
    );
    expect(workspace.history.getExecution(execution.id)).toEqual(ended);
    expect((await workspace.repl(session.id, "1 + 1")).result?.preview).toBe("2");
  });

  it("is ended within a second of the wall limit", async () => {
    const { finished } = await running(UNINTERRUPTIBLE, { cpuMs: 60_000, wallMs: 300 });
    const ended = await finished;
    expect(ended).toMatchObject({ status: "timeout", error: { code: "WALL_LIMIT_EXCEEDED" } });
    expect(ended.metrics?.wallMs).toBeLessThan(300 + SLACK_MS);
  });

  it("does not disturb another session, and startup files run again in the fresh engine", async () => {
    workspace.write("start.js", "globalThis.ready = 'yes'");
    const limits = { cpuMs: 300, wallMs: 60_000 };
    const victim = await workspace.session({ startup: [{ path: "start.js" }], limits });
    const other = await workspace.session({ limits: LONG });
    const { finished } = workspace.sessions.execute(victim.id, { kind: "repl", source: UNINTERRUPTIBLE });
    let worst = 0;
    for (let done = false; !done;) {
      const before = performance.now();
      expect((await workspace.repl(other.id, "1 + 1")).result?.preview).toBe("2");
      worst = Math.max(worst, performance.now() - before);
      done = await Promise.race([
        finished.then(() => true),
        new Promise<false>((r) => setImmediate(r, false)),
      ]);
    }
    expect(worst).toBeLessThan(SLACK_MS);
    await workspace.until(
      (notice) =>
        notice.type === "session" &&
        notice.session.id === victim.id &&
        notice.session.status === "ready" &&
        workspace.history.listExecutions({ kind: "startup" }).filter(({ status }) => status === "ok")
          .length === 2,
    );
    expect((await workspace.repl(victim.id, "ready")).result?.preview).toBe("'yes'");
  });
});
