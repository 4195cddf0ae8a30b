import { z } from "zod";
import { executionErrorSchema } from "./event";
import { executionIdSchema, sessionIdSchema } from "./ids";
import { templateSchema } from "./template";

export const sessionStatusSchema = z.enum(["starting", "ready", "crashed", "closed"]);

export const sessionSchema = z.object({
  id: sessionIdSchema,
  name: z.string(),
  status: sessionStatusSchema,
  /** The template as it was when the session started; later edits do not change it. */
  template: templateSchema,
  /** The session was started from an unsaved template. */
  unsavedTemplate: z.boolean().optional(),
  createdAt: z.number(),
  closedAt: z.number().optional(),
  /** Why it is closed or crashed, in words. */
  reason: z.string().optional(),
  lastError: executionErrorSchema.optional(),
  /** The execution that runs now: the session is busy. */
  busyWith: executionIdSchema.optional(),
  memoryBytes: z.number().optional(),
});
export type Session = z.infer<typeof sessionSchema>;
