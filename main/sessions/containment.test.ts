import { spawn } from "node:child_process";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { WorkbenchError } from "../../shared/model/error";
import type { HistoryStore } from "../core/api";
import { assetPath } from "../core/assets";
import { openHistory, openMemoryHistory, RESTART_REASON } from "../history/open-history";
import { sampleSession } from "../history/testing/samples";
import { HostPool } from "./host-pool";
import type { HostThread } from "./host-thread";
import { LiveSession } from "./live-session";
import { createSessionManager } from "./session-manager";
import { testTemplate, TestWorkspace } from "./testing/test-workspace";

let workspace: TestWorkspace;
beforeEach(() => {
  workspace = new TestWorkspace();
});
afterEach(() => workspace.dispose());

describe("a console flood", () => {
  const FLOOD = "for (let n = 0; n < 1e6; n++) console.log('line', n)";

  it("is cut at the limit, and the cut is announced", async () => {
    const { id } = await workspace.session();
    const ended = await workspace.repl(id, FLOOD);
    expect(ended).toMatchObject({ status: "error", error: { code: "OUTPUT_LIMIT_EXCEEDED" } });
    expect(workspace.history.getExecution(ended.id)).toEqual(ended);
    expect(workspace.events(ended.id)).toContainEqual(
      expect.objectContaining({
        type: "system",
        payload: expect.objectContaining({ code: "OUTPUT_LIMIT_EXCEEDED" }),
      }),
    );
    expect((await workspace.repl(id, "1 + 1")).status).toBe("ok");
  });

  it("of a million lines neither blocks this thread nor piles up in memory", async () => {
    const { id } = await workspace.session({
      limits: { cpuMs: 600_000, wallMs: 600_000, maxEvents: 2_000_000, maxOutputKb: 1_000_000 },
    });
    workspace.notices.length = 0;
    const before = process.memoryUsage().rss;
    let peak = before;
    const sampler = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 20);
    const delay = monitorEventLoopDelay({ resolution: 5 });
    const quiet = workspace.sessions.subscribe((notice) => {
      // The test workspace remembers notices: not these.
      if (notice.type === "events") workspace.notices.length = 0;
    });
    delay.enable();
    const ended = await workspace.repl(id, FLOOD);
    delay.disable();
    clearInterval(sampler);
    quiet();
    expect(ended.status).toBe("ok");
    expect(ended.metrics?.events).toBe(1_000_002);
    const { events, total } = workspace.history.events(ended.id, 1_000_000, 10);
    expect(total).toBe(1_000_002);
    expect(events[0]).toMatchObject({ seq: 1_000_001, payload: { text: "line 999999" } });
    expect(peak - before).toBeLessThan(300 * 1024 * 1024);
    expect(delay.max / 1e6).toBeLessThan(500);
  }, 120_000);
});

describe("a host that dies", () => {
  /** A session on real threads that the test can end behind its back. */
  async function mortal() {
    const hosts: HostThread[] = [];
    class RecordingPool extends HostPool {
      override async acquire(): Promise<HostThread> {
        const host = await super.acquire();
        hosts.push(host);
        return host;
      }
    }
    const session = sampleSession({ status: "starting", template: testTemplate() });
    workspace.history.saveSession(session);
    const live = new LiveSession(session, {
      history: workspace.history,
      pool: new RecordingPool(0),
      workspaceRoot: workspace.root,
      notify: () => undefined,
      hasListeners: () => false,
      storeLater: () => undefined,
      readScript: () => ({ path: "", source: "" }),
    });
    await live.started;
    return { live, kill: async () => hosts.at(-1)?.terminate() };
  }

  it("while it runs something loses that execution and that session only", async () => {
    const { live, kill } = await mortal();
    const other = await workspace.session();
    const { finished } = live.execute({ kind: "repl", source: "while (true) {}" });
    await kill();
    const ended = await finished;
    expect(ended).toMatchObject({ status: "crashed", error: { code: "ENGINE_CRASHED" } });
    expect(workspace.history.getExecution(ended.id)).toEqual(ended);
    expect((await workspace.repl(other.id, "1 + 1")).status).toBe("ok");
    await expect
      .poll(() => live.view)
      .toMatchObject({ status: "crashed", lastError: { code: "ENGINE_CRASHED" } });
    expect(workspace.history.getSession(live.view.id)?.status).toBe("crashed");
    const again = await workspace.sessions.restart(live.view.id).started;
    expect((await workspace.repl(again.id, "1 + 1")).result?.preview).toBe("2");
    await live.close("test");
  });

  it("while it is idle crashes its session, and questions that wait are answered", async () => {
    const { live, kill } = await mortal();
    const question = live.ask("checkInput", "1 + 1").catch((error: unknown) => error);
    await kill();
    await question;
    await expect.poll(() => live.view.status).toBe("crashed");
    expect(() => live.execute({ kind: "repl", source: "1" })).toThrow(
      expect.objectContaining({ code: "SESSION_NOT_READY" }),
    );
    expect((await live.close("test")).status).toBe("closed");
  });
});

describe("a history that cannot be written", () => {
  /** The real store, which fails where it is told to. */
  function failing(): { store: HistoryStore; fail: Set<keyof HistoryStore> } {
    const store = openMemoryHistory();
    const fail = new Set<keyof HistoryStore>();
    const proxy = new Proxy(store, {
      get(target, name: keyof HistoryStore) {
        const value = target[name];
        return (...args: never[]) => {
          if (fail.has(name)) throw new WorkbenchError("STORAGE_UNAVAILABLE", "The disk is full.");
          return Reflect.apply(value, target, args) as unknown;
        };
      },
    });
    return { store: proxy, fail };
  }

  async function opened() {
    const { store, fail } = failing();
    const sessions = createSessionManager({ history: store, workspaceRoot: workspace.root });
    const session = await sessions.create(testTemplate({ limits: { cpuMs: 60_000, wallMs: 60_000 } }))
      .started;
    return { store, fail, sessions, session };
  }

  it("refuses the execution before it runs", async () => {
    const { fail, sessions, session } = await opened();
    fail.add("insertExecution");
    expect(() => sessions.execute(session.id, { kind: "repl", source: "1" })).toThrow(
      expect.objectContaining({ code: "STORAGE_UNAVAILABLE" }),
    );
    expect(sessions.get(session.id).busyWith).toBeUndefined();
    fail.clear();
    expect((await sessions.execute(session.id, { kind: "repl", source: "1" }).finished).status).toBe("ok");
    await sessions.dispose();
  });

  it("runs nothing that was refused, however often, and then exactly what was not", async () => {
    const { fail, sessions, session } = await opened();
    const count = (more: number) =>
      sessions.execute(session.id, { kind: "repl", source: `globalThis.n = (globalThis.n ?? 0) + ${more}` });
    for (let round = 1; round <= 5; round++) {
      fail.add("insertExecution");
      for (let n = 0; n < round; n++) expect(() => count(1000)).toThrow();
      fail.clear();
      expect((await count(1).finished).result?.preview).toBe(String(round));
    }
    await sessions.dispose();
  });

  it("stops the execution when events cannot be kept, and says so in the row too", async () => {
    const { store, fail, sessions, session } = await opened();
    fail.add("appendBatch");
    const { finished } = sessions.execute(session.id, {
      kind: "repl",
      source: "console.log(1); while (true) {}",
    });
    const ended = await finished;
    expect(ended).toMatchObject({ status: "error", error: { code: "STORAGE_UNAVAILABLE" } });
    expect(store.getExecution(ended.id)).toEqual(ended);
    expect(sessions.get(session.id).busyWith).toBeUndefined();
    await sessions.dispose();
  });

  it("leaves nothing running when the end cannot be kept: it is stored as soon as that works", async () => {
    const { store, fail, sessions, session } = await opened();
    fail.add("finishExecution");
    const { finished } = sessions.execute(session.id, { kind: "repl", source: "1 + 1" });
    const ended = await finished;
    expect(ended).toMatchObject({ status: "error", error: { code: "STORAGE_UNAVAILABLE" } });
    expect(store.getExecution(ended.id)?.status).toBe("running");
    fail.clear();
    await sessions.execute(session.id, { kind: "repl", source: "1" }).finished;
    expect(store.getExecution(ended.id)).toEqual(ended);
    await sessions.dispose();
  });
});

describe("after kill -9 in the middle of an execution", () => {
  it("nothing is left running, what was written is there, and the session starts again", async () => {
    const code = "console.log('before'); while (true) {}";
    const child = spawn(
      process.execPath,
      [
        assetPath("main", "cli.mjs"),
        "eval",
        code,
        "--json",
        "--limit",
        "cpuMs=600000",
        "--limit",
        "wallMs=600000",
      ],
      {
        cwd: workspace.root,
        env: { ...process.env, VM_WORKBENCH_DATA: workspace.dataDir },
        stdio: ["ignore", "pipe", "inherit"],
      },
    );
    // The echo of the input holds the word, too: wait for the console's own event.
    for await (const chunk of child.stdout) if (String(chunk).includes('"type":"console"')) break;
    const gone = new Promise((resolve) => child.on("exit", resolve));
    child.kill("SIGKILL");
    await gone;

    const { store, notices } = openHistory({ dataDir: workspace.dataDir, workspaceRoot: workspace.root });
    expect(notices).toEqual([]);
    const [execution] = store.listExecutions({ text: "before" });
    expect(execution).toMatchObject({ status: "crashed", error: { code: "ENGINE_CRASHED" } });
    expect(store.events(execution!.id, 0, 10).events.map(({ type }) => type)).toEqual([
      "inputEcho",
      "console",
    ]);
    expect(store.getSession(execution!.sessionId)).toMatchObject({
      status: "closed",
      reason: RESTART_REASON,
    });
    const sessions = createSessionManager({ history: store, workspaceRoot: workspace.root });
    expect((await sessions.restart(execution!.sessionId).started).status).toBe("ready");
    await sessions.dispose();
    store.close();
  });
});

const SESSIONS = 1000;

describe("a thousand sessions opened and closed", () => {
  it("leave no thread, no handle and no memory behind", { timeout: 30 * 60_000 }, async () => {
    const round = async (count: number) => {
      for (let n = 0; n < count; n += 4) {
        await Promise.all(
          Array.from({ length: 4 }, async () => {
            const { id } = await workspace.session();
            await workspace.repl(id, "1 + 1");
            await workspace.sessions.delete(id);
          }),
        );
        workspace.notices.length = 0;
      }
    };
    const usage = () => {
      const resources = process.getActiveResourcesInfo().filter((name) => /Worker|MessagePort/.test(name));
      return { resources: resources.length, rss: process.memoryUsage().rss };
    };
    await round(SESSIONS / 4);
    const before = usage();
    await round((SESSIONS * 3) / 4);
    const after = usage();
    expect(after.resources).toBe(before.resources);
    expect(after.rss - before.rss).toBeLessThan(100 * 1024 * 1024);
  });
});
