import { randomUUID } from "node:crypto";
import type { ExecutionEvent } from "../../../shared/model/event";
import { executionSchema, type Execution } from "../../../shared/model/execution";
import { sessionSchema, type Session } from "../../../shared/model/session";
import { templateSchema } from "../../../shared/model/template";

/** A session row for tests of the store. */
export function sampleSession(overrides: Partial<Session> = {}): Session {
  const template = templateSchema.parse({ id: randomUUID(), name: "Plain" });
  return {
    ...sessionSchema.parse({
      id: randomUUID(),
      name: "Plain 1",
      status: "ready",
      template,
      createdAt: Date.now(),
    }),
    ...overrides,
  };
}

/** An execution row for tests of the store. */
export function sampleExecution(session: Session, overrides: Partial<Execution> = {}): Execution {
  return {
    ...executionSchema.parse({
      id: randomUUID(),
      sessionId: session.id,
      kind: "repl",
      status: "running",
      source: "20 + 22",
      startedAt: Date.now(),
      templateName: session.template.name,
    }),
    ...overrides,
  };
}

/** Console events with `seq` from `first` to `last`. */
export function sampleEvents(first: number, last: number): ExecutionEvent[] {
  return Array.from({ length: last - first + 1 }, (_, index) => ({
    seq: first + index,
    ts: 1_700_000_000_000 + index,
    type: "console" as const,
    payload: { level: "log" as const, method: "log", text: `line ${first + index}` },
  }));
}
