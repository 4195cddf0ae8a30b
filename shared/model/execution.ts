import { z } from "zod";
import { executionErrorSchema } from "./event";
import { executionIdSchema, sessionIdSchema } from "./ids";
import { valuePreviewSchema } from "./value";

export const executionKindSchema = z.enum(["startup", "runFile", "repl"]);
export type ExecutionKind = z.infer<typeof executionKindSchema>;

export const executionStatusSchema = z.enum(["running", "ok", "error", "timeout", "cancelled", "crashed"]);
export type ExecutionStatus = z.infer<typeof executionStatusSchema>;

/**
 * Which of three things a stop was: `interrupted` (session kept), `killed` (its thread was ended, state lost),
 * `engineReplaced` (state lost, a fresh engine runs from the same snapshot).
 */
export const stopOutcomeSchema = z.enum(["interrupted", "killed", "engineReplaced"]);
export type StopOutcome = z.infer<typeof stopOutcomeSchema>;

export const metricsSchema = z.object({
  /** Time computing, in milliseconds. */
  cpuMs: z.number(),
  /** Time from start to end, in milliseconds. */
  wallMs: z.number(),
  memoryPeakBytes: z.number(),
  events: z.int(),
  outputBytes: z.int(),
  hostCalls: z.int(),
});
export type Metrics = z.infer<typeof metricsSchema>;

export const executionSchema = z.object({
  id: executionIdSchema,
  sessionId: sessionIdSchema,
  kind: executionKindSchema,
  status: executionStatusSchema,
  /** Workspace-relative path of the script, for `runFile` and `startup`. */
  path: z.string().optional(),
  /** The code that ran: REPL input, or the file's text at that moment. */
  source: z.string(),
  args: z.json().optional(),
  env: z.record(z.string(), z.string()).optional(),
  startedAt: z.number(),
  endedAt: z.number().optional(),
  result: valuePreviewSchema.optional(),
  error: executionErrorSchema.optional(),
  metrics: metricsSchema.optional(),
  /** How it was stopped, when it was. */
  stop: stopOutcomeSchema.optional(),
  /** Name of the template at that time; stays readable when the template is gone. */
  templateName: z.string().optional(),
});
export type Execution = z.infer<typeof executionSchema>;

/** What a caller may run. `runFile` reads the file itself unless `source` carries unsaved text or a selection. */
export const executionRequestSchema = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("runFile"),
    path: z.string(),
    source: z.string().optional(),
    /** Line of the file at which `source` starts, so that errors name the file's own lines. */
    lineOffset: z.int().min(0).optional(),
    args: z.json().optional(),
    env: z.record(z.string(), z.string()).optional(),
  }),
  z.object({
    kind: z.literal("repl"),
    source: z.string(),
    args: z.json().optional(),
    env: z.record(z.string(), z.string()).optional(),
  }),
]);
export type ExecutionRequest = z.infer<typeof executionRequestSchema>;
