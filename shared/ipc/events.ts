import { z } from "zod";
import { eventSchema } from "../model/event";
import { executionSchema } from "../model/execution";
import { executionIdSchema, sessionIdSchema } from "../model/ids";
import { sessionSchema } from "../model/session";
import { settingsSchema } from "./app";
import { templateEntrySchema } from "./templates";
import { searchMatchSchema, workspaceSchema } from "./workspace";

/** What main tells the window without being asked. */
export const ipcEvents = {
  "session.changed": z.object({ session: sessionSchema }),
  "session.removed": z.object({ id: sessionIdSchema }),
  "execution.changed": z.object({ execution: executionSchema }),
  /** A batch of one execution's events, in order. A gap in `seq` is fetched by `executions.events`. */
  "execution.events": z.object({
    sessionId: sessionIdSchema,
    executionId: executionIdSchema,
    events: z.array(eventSchema),
  }),
  "templates.changed": z.object({ templates: z.array(templateEntrySchema) }),
  /** Workspace-relative folders whose contents changed, and files whose bytes changed. */
  "files.changed": z.object({ folders: z.array(z.string()), files: z.array(z.string()) }),
  "workspace.changed": z.object({ workspace: workspaceSchema.nullable() }),
  "settings.changed": z.object({ settings: settingsSchema }),
  "search.results": z.object({ id: z.string(), matches: z.array(searchMatchSchema) }),
  /** A menu item or global shortcut: the id of a command of the window's command registry. */
  "app.command": z.object({ command: z.string() }),
  "app.notice": z.object({
    code: z.string(),
    severity: z.enum(["info", "warning", "error"]),
    message: z.string(),
  }),
} as const;

export type IpcEventName = keyof typeof ipcEvents;
export type IpcEventPayload<Name extends IpcEventName> = z.infer<(typeof ipcEvents)[Name]>;
