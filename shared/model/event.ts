import { z } from "zod";
import { errorCodeSchema, errorDetailsSchema } from "./error";
import { sourceLocationSchema, valuePreviewSchema } from "./value";

export const CONSOLE_LEVELS = ["debug", "log", "info", "warn", "error"] as const;
export const consoleLevelSchema = z.enum(CONSOLE_LEVELS);
export type ConsoleLevel = z.infer<typeof consoleLevelSchema>;

export const consolePayloadSchema = z.object({
  level: consoleLevelSchema,
  /** The console function called: `log`, `table`, `group`, `timeEnd`, `trace` … */
  method: z.string(),
  /** The whole line as Node would print it, group indentation included. */
  text: z.string(),
  /** Previews of the arguments, for the object tree; absent for plain text lines. */
  args: z.array(valuePreviewSchema).optional(),
  /** Nesting of `console.group`. */
  group: z.int().optional(),
  /** Data of `console.table`: columns and rows of texts. */
  table: z.object({ columns: z.array(z.string()), rows: z.array(z.array(z.string())) }).optional(),
  location: sourceLocationSchema.optional(),
});
export type ConsolePayload = z.infer<typeof consolePayloadSchema>;

/** An error of running code: data, never thrown at the host. */
export const executionErrorSchema = z.object({
  /** Stable code when the workbench raised it (limits, modules, paths); absent for the script's own errors. */
  code: z.string().optional(),
  /** Name of the error's class as the script sees it, such as `TypeError`. */
  name: z.string(),
  message: z.string(),
  /** Frames of user code only, one per line, in Node's format. */
  stack: z.string().optional(),
  location: sourceLocationSchema.optional(),
  /** For syntax errors and REPL input: the source line and a caret under the column. */
  frame: z.string().optional(),
  details: errorDetailsSchema.optional(),
  /** The thrown value itself. */
  value: valuePreviewSchema.optional(),
  /** What the user could do to learn more, a sentence. */
  hint: z.string().optional(),
});
export type ExecutionError = z.infer<typeof executionErrorSchema>;

export const systemPayloadSchema = z.object({
  /** What happened: `limit`, `stopped`, `truncated`, `restarted`, `notice`. */
  kind: z.enum(["limit", "stopped", "truncated", "restarted", "notice"]),
  message: z.string(),
  code: errorCodeSchema.optional(),
  details: errorDetailsSchema.optional(),
});

const base = { seq: z.int().min(1), ts: z.number() };

/** One entry of an execution's ordered trace. `seq` counts from 1, `ts` is epoch milliseconds. */
export const eventSchema = z.discriminatedUnion("type", [
  z.object({ ...base, type: z.literal("inputEcho"), payload: z.object({ source: z.string() }) }),
  z.object({ ...base, type: z.literal("console"), payload: consolePayloadSchema }),
  z.object({
    ...base,
    type: z.literal("value"),
    payload: z.object({ value: valuePreviewSchema, location: sourceLocationSchema.optional() }),
  }),
  z.object({ ...base, type: z.literal("exception"), payload: executionErrorSchema }),
  z.object({ ...base, type: z.literal("system"), payload: systemPayloadSchema }),
  z.object({
    ...base,
    type: z.literal("stdout"),
    payload: z.object({ text: z.string(), source: z.string().optional() }),
  }),
  z.object({
    ...base,
    type: z.literal("stderr"),
    payload: z.object({ text: z.string(), source: z.string().optional() }),
  }),
]);
export type ExecutionEvent = z.infer<typeof eventSchema>;
