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
    expect(ids({ before: 3000 })).toEqual([middle.id, oldest.id]);
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

  it("a hundred thousand are stored in well under a second", () => {
    const { execution } = running();
    const batches = Array.from({ length: 400 }, (_, index) =>
      sampleEvents(index * 250 + 1, (index + 1) * 250),
    );
    const started = performance.now();
    for (const batch of batches) store.appendEvents(execution.id, batch);
    const took = performance.now() - started;
    expect(store.events(execution.id, 99_999, 10).events.map(({ seq }) => seq)).toEqual([100_000]);
    expect(took).toBeLessThan(1000);
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
