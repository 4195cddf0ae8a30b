import { z } from "zod";
import { consoleLevelSchema, eventSchema } from "../model/event";
import {
  executionKindSchema,
  executionRequestSchema,
  executionSchema,
  executionStatusSchema,
  stopOutcomeSchema,
} from "../model/execution";
import { executionIdSchema, sessionIdSchema } from "../model/ids";
import { sessionSchema } from "../model/session";
import { propertyPreviewSchema, valuePreviewSchema } from "../model/value";
import { request } from "./define";
import { templateRefSchema } from "./templates";

export const executionFilterSchema = z.object({
  sessionId: sessionIdSchema.optional(),
  path: z.string().optional(),
  template: z.string().optional(),
  status: executionStatusSchema.optional(),
  kind: executionKindSchema.optional(),
  text: z.string().optional(),
  limit: z.int().min(1).max(1000).default(100),
  notAfter: z.number().optional(),
});

export const completionSchema = z.object({
  label: z.string(),
  kind: z.enum(["property", "method", "variable", "keyword", "class", "module"]),
  detail: z.string().optional(),
  summary: z.string().optional(),
});

export const sessionsRequests = {
  "sessions.list": request(z.object({}), z.object({ sessions: z.array(sessionSchema) })),
  /** Starts a session; answers at once with status `starting`, `session.changed` tells the rest. */
  "sessions.create": request(
    z.object({ template: templateRefSchema.nullable(), name: z.string().optional() }),
    z.object({ session: sessionSchema }),
  ),
  "sessions.close": request(z.object({ id: sessionIdSchema }), z.object({ session: sessionSchema })),
  /** A new session from the same snapshot. */
  "sessions.restart": request(z.object({ id: sessionIdSchema }), z.object({ session: sessionSchema })),
  /** Removes the session and its history. */
  "sessions.delete": request(z.object({ id: sessionIdSchema }), z.object({})),
  /** Starts an execution and answers with its row (`running`); events and the end arrive as events. */
  "executions.start": request(
    z.object({ sessionId: sessionIdSchema, request: executionRequestSchema }),
    z.object({ execution: executionSchema }),
  ),
  "executions.stop": request(
    z.object({ id: executionIdSchema }),
    z.object({ outcome: stopOutcomeSchema.nullable(), message: z.string() }),
  ),
  "executions.list": request(executionFilterSchema, z.object({ executions: z.array(executionSchema) })),
  "executions.get": request(
    z.object({ id: executionIdSchema }),
    z.object({ execution: executionSchema, session: sessionSchema.nullable() }),
  ),
  /** Events with `seq` greater than `after`, oldest first. */
  "executions.events": request(
    z.object({
      id: executionIdSchema,
      after: z.int().default(0),
      limit: z.int().min(1).max(10_000).default(1000),
    }),
    z.object({ events: z.array(eventSchema), total: z.int() }),
  ),
  /**
   * One step of a search in what the events show: `seq` of the hits by level, in about `limit` events after `after`.
   * `through` is where the next step begins; it equals `after` when there is nothing more.
   */
  "executions.searchEvents": request(
    z.object({
      id: executionIdSchema,
      text: z.string().max(1000),
      after: z.int().min(0).default(0),
      limit: z.int().min(1).max(20_000).default(10_000),
    }),
    z.object({ hits: z.record(consoleLevelSchema, z.array(z.int())), through: z.int() }),
  ),
  "executions.delete": request(z.object({ ids: z.array(executionIdSchema) }), z.object({})),
  "values.expand": request(
    z.object({
      sessionId: sessionIdSchema,
      objectId: z.string(),
      start: z.int().optional(),
      count: z.int().optional(),
    }),
    z.object({ properties: z.array(propertyPreviewSchema) }),
  ),
  "values.invokeGetter": request(
    z.object({ sessionId: sessionIdSchema, objectId: z.string(), name: z.string() }),
    z.object({ value: valuePreviewSchema }),
  ),
  "values.release": request(
    z.object({ sessionId: sessionIdSchema, objectIds: z.array(z.string()) }),
    z.object({}),
  ),
  "repl.complete": request(
    z.object({ sessionId: sessionIdSchema, source: z.string(), cursor: z.int() }),
    z.object({ from: z.int(), items: z.array(completionSchema) }),
  ),
  "repl.check": request(
    z.object({ source: z.string() }),
    z.object({ state: z.enum(["complete", "incomplete", "invalid"]), message: z.string().optional() }),
  ),
} as const;
