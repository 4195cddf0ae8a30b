import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ExecutionId } from "../../shared/model/ids";
import type { HistoryStore } from "../core/api";
import { openMemoryHistory } from "./open-history";
import { sampleEvents, sampleExecution, sampleSession } from "./testing/samples";

let store: HistoryStore;
beforeEach(() => {
  store = openMemoryHistory();
});
afterEach(() => store.close());

function running(overrides = {}) {
  const session = sampleSession();
  store.saveSession(session);
  const execution = sampleExecution(session, overrides);
  store.insertExecution(execution);
  return { session, execution };
}

describe("executions", () => {
  it("end exactly once", () => {
    const { execution } = running();
    expect(store.finishExecution({ ...execution, status: "ok", endedAt: 1 })).toBe(true);
    expect(store.finishExecution({ ...execution, status: "crashed", endedAt: 2 })).toBe(false);
    expect(store.getExecution(execution.id)).toMatchObject({ status: "ok", endedAt: 1 });
  });

  it("end together with their last events", () => {
    const { execution } = running();
    const batch = { firstSeq: 1, lastSeq: 2, json: JSON.stringify(sampleEvents(1, 2)) };
    expect(store.finishExecution({ ...execution, status: "ok" }, batch)).toBe(true);
    expect(store.finishExecution({ ...execution, status: "ok" }, batch)).toBe(false);
    expect(store.events(execution.id, 0, 10)).toEqual({ events: sampleEvents(1, 2), total: 2 });
  });

  it("are listed newest first, filtered and paged", () => {
    const { session, execution: oldest } = running({ startedAt: 1000, path: "a.js", kind: "runFile" });
    const middle = sampleExecution(session, { startedAt: 2000, source: "// Größe\nthrow new Error('boom')" });
    const newest = sampleExecution(session, { startedAt: 3000, templateName: "Log report" });
    store.insertExecution(middle);
    store.insertExecution(newest);
    store.finishExecution({ ...middle, status: "error", error: { name: "Error", message: "100% boom" } });
    const ids = (filter: Parameters<HistoryStore["listExecutions"]>[0]) =>
      store.listExecutions(filter).map(({ id }) => id);

    expect(ids({})).toEqual([newest.id, middle.id, oldest.id]);
    expect(ids({ limit: 1 })).toEqual([newest.id]);
    const twin = sampleExecution(session, { startedAt: 2000 });
    store.insertExecution(twin);
    store.finishExecution({ ...twin, status: "ok" });
    expect(ids({ notAfter: 2000 })).toEqual([twin.id, middle.id, oldest.id]);
    store.deleteExecutions([twin.id]);
    expect(ids({ status: "error" })).toEqual([middle.id]);
    expect(ids({ kind: "runFile" })).toEqual([oldest.id]);
    expect(ids({ path: "a.js" })).toEqual([oldest.id]);
    expect(ids({ template: "LOG report" })).toEqual([newest.id]);
    expect(ids({ sessionId: session.id })).toHaveLength(3);
    expect(ids({ text: "BOOM" })).toEqual([middle.id]);
    expect(ids({ text: "GRÖSSE" })).toEqual([]);
    expect(ids({ text: "GRÖßE" })).toEqual([middle.id]);
    expect(ids({ text: "100%" })).toEqual([middle.id]);
    expect(ids({ text: "100_" })).toEqual([]);
    expect(ids({ text: "a.JS" })).toEqual([oldest.id]);
  });

  it("that run cannot be deleted; others go with their events", () => {
    const { session, execution } = running();
    const done = sampleExecution(session);
    store.insertExecution(done);
    store.appendEvents(done.id, sampleEvents(1, 5));
    store.finishExecution({ ...done, status: "ok" });
    store.deleteExecutions([execution.id, done.id]);
    expect(store.listExecutions({}).map(({ id }) => id)).toEqual([execution.id]);
    expect(store.events(done.id, 0, 10)).toEqual({ events: [], total: 0 });
  });

  it("cannot be stored for a session that does not exist", () => {
    expect(() => store.insertExecution(sampleExecution(sampleSession()))).toThrow(
      expect.objectContaining({ code: "STORAGE_UNAVAILABLE" }),
    );
  });
});

describe("events", () => {
  it("after a cursor are exactly the later ones, and the limit is honoured", () => {
    const { execution } = running();
    store.appendEvents(execution.id, sampleEvents(1, 7));
    store.appendEvents(execution.id, sampleEvents(8, 8));
    store.appendEvents(execution.id, sampleEvents(9, 20));
    const seqs = (after: number, limit: number) =>
      store.events(execution.id, after, limit).events.map(({ seq }) => seq);
    expect(seqs(19, 100)).toEqual([20]);
    expect(seqs(20, 100)).toEqual([]);
    expect(seqs(5, 4)).toEqual([6, 7, 8, 9]);
    expect(seqs(0, 1000)).toHaveLength(20);
    expect(store.events(execution.id, 0, 1).total).toBe(20);
  });

  it("keep NUL, lone surrogates and emoji", () => {
    const { execution } = running();
    const [event] = sampleEvents(1, 1);
    const text = "a\0b\ud800c 🙂";
    if (event?.type === "console") event.payload.text = text;
    store.appendEvents(execution.id, event === undefined ? [] : [event]);
    expect(store.events(execution.id, 0, 1).events[0]).toMatchObject({ payload: { text } });
  });

  it("of an unknown execution are none", () => {
    expect(store.events(crypto.randomUUID() as ExecutionId, 0, 10)).toEqual({ events: [], total: 0 });
  });

  it("the last of a hundred thousand are read without the others", () => {
    const { execution } = running();
    const batches = Array.from({ length: 400 }, (_, index) =>
      sampleEvents(index * 250 + 1, (index + 1) * 250),
    );
    for (const batch of batches) store.appendEvents(execution.id, batch);
    expect(store.events(execution.id, 99_999, 10).events.map(({ seq }) => seq)).toEqual([100_000]);
  });
});

describe("sessions", () => {
  it("are stored without what is true only while they live", () => {
    const session = sampleSession({ memoryBytes: 5 });
    store.saveSession(session);
    expect(store.getSession(session.id)).not.toHaveProperty("memoryBytes");
  });

  it("go with their executions and events when deleted", () => {
    const { session, execution } = running();
    store.appendEvents(execution.id, sampleEvents(1, 2));
    store.deleteSession(session.id);
    expect(store.listSessions()).toEqual([]);
    expect(store.getExecution(execution.id)).toBeUndefined();
    expect(store.events(execution.id, 0, 10).total).toBe(0);
  });
});

describe("pruning", () => {
  it("keeps the newest executions and no session that has nothing left", () => {
    const session = sampleSession({ status: "closed", closedAt: 2500, createdAt: 500 });
    const emptied = sampleSession({ status: "closed", closedAt: 1500, createdAt: 400 });
    store.saveSession(session);
    store.saveSession(emptied);
    const now = Date.now();
    const executions = [1, 2, 3, 4].map((n) =>
      sampleExecution(n === 1 ? emptied : session, { startedAt: now + n }),
    );
    for (const execution of executions) {
      store.insertExecution(execution);
      store.finishExecution({ ...execution, status: "ok" });
    }
    expect(store.prune({ maxExecutions: 2, maxDays: 30 })).toBe(2);
    expect(store.listExecutions({})).toHaveLength(2);
    expect(store.listSessions().map(({ id }) => id)).toEqual([session.id]);
  });

  it("removes what is too old, except what runs", () => {
    const { session, execution } = running({ startedAt: 1000 });
    const old = sampleExecution(session, { startedAt: 2000 });
    store.insertExecution(old);
    store.finishExecution({ ...old, status: "ok" });
    expect(store.prune({ maxExecutions: 100, maxDays: 1 })).toBe(1);
    expect(store.listExecutions({}).map(({ id }) => id)).toEqual([execution.id]);
  });
});

describe("a search in events", () => {
  /** What is asked for until nothing more comes, in steps of so many events. */
  function search(id: ExecutionId, text: string, limit: number) {
    const hits: Record<string, number[]> = {};
    let after = 0;
    for (;;) {
      const step = store.searchEvents(id, text, after, limit);
      for (const [level, seqs] of Object.entries(step.hits)) (hits[level] ??= []).push(...seqs);
      if (step.through === after) return hits;
      after = step.through;
    }
  }
  const none = { debug: [], log: [], info: [], warn: [], error: [] };

  it("finds every event in steps, whatever their size", () => {
    const { execution } = running();
    for (let first = 1; first <= 2000; first += 100)
      store.appendEvents(execution.id, sampleEvents(first, first + 99));
    const expected = [999, 1999];
    for (const limit of [1, 100, 250, 10_000])
      expect(search(execution.id, "LINE 999", limit).log).toEqual([999]);
    expect(search(execution.id, "999", 300)).toEqual({ ...none, log: expected });
    expect(search(execution.id, "", 300).log).toHaveLength(2000);
  });

  it("finds what a row shows, by its level, and nothing of what it does not show", () => {
    const { execution } = running();
    const ts = 0;
    store.appendEvents(execution.id, [
      { seq: 1, ts, type: "console", payload: { level: "warn", method: "warn", text: 'a "quoted"\tGröße' } },
      {
        seq: 2,
        ts,
        type: "exception",
        payload: { name: "TypeError", message: "no light", stack: "    at a.js:1:2" },
      },
      { seq: 3, ts, type: "value", payload: { value: { type: "number", preview: "42" } } },
      { seq: 4, ts, type: "stderr", payload: { text: "from a command\n" } },
      { seq: 5, ts, type: "system", payload: { kind: "notice", message: "line\nbreak" } },
    ]);
    store.appendEvents(execution.id, sampleEvents(6, 6));
    expect(search(execution.id, '"QUOTED"', 10)).toEqual({ ...none, warn: [1] });
    expect(search(execution.id, "GRÖßE", 10)).toEqual({ ...none, warn: [1] });
    expect(search(execution.id, "typeerror: no LIGHT", 10)).toEqual({ ...none, error: [2] });
    expect(search(execution.id, "42", 10)).toEqual({ ...none, log: [3] });
    expect(search(execution.id, "command", 10)).toEqual({ ...none, error: [4] });
    expect(search(execution.id, "line", 10)).toEqual({ ...none, info: [5], log: [6] });
    for (const hidden of ["payload", "method", "console", '"seq"', "\\n"])
      expect(search(execution.id, hidden, 10)).toEqual(none);
  });

  it("goes on with what was added meanwhile, and finds nothing of what is gone", () => {
    const { execution } = running();
    store.appendEvents(execution.id, sampleEvents(1, 10));
    expect(store.searchEvents(execution.id, "line", 10, 100)).toEqual({ hits: none, through: 10 });
    store.appendEvents(execution.id, sampleEvents(11, 12));
    expect(store.searchEvents(execution.id, "line", 10, 100)).toEqual({
      hits: { ...none, log: [11, 12] },
      through: 12,
    });
    store.finishExecution({ ...execution, status: "ok" });
    store.deleteExecutions([execution.id]);
    expect(store.searchEvents(execution.id, "line", 0, 100)).toEqual({ hits: none, through: 0 });
  });
});
