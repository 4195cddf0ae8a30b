import { z } from "zod";
import { eventSchema } from "../model/event";
import { executionSchema } from "../model/execution";
import { executionIdSchema, sessionIdSchema } from "../model/ids";
import { sessionSchema } from "../model/session";
import { settingsSchema } from "./app";
import { templateEntrySchema } from "./templates";
import { searchMatchSchema, workspaceSchema } from "./workspace";

/** Commands of the window's registry that the application's menu offers; a test finds each of them there. */
const MENU_COMMANDS = [
  "file.new",
  "workspace.open",
  "file.save",
  "app.settings",
  "app.palette",
  "app.quickOpen",
  "run.script",
  "run.stop",
  "app.tour",
  "app.shortcuts",
] as const;

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
  /** An item of the application's menu was chosen. */
  "app.command": z.object({ command: z.enum(MENU_COMMANDS) }),
  "app.notice": z.object({
    code: z.string(),
    severity: z.enum(["info", "warning", "error"]),
    message: z.string(),
  }),
} as const;

export type IpcEventName = keyof typeof ipcEvents;
export type IpcEventPayload<Name extends IpcEventName> = z.infer<(typeof ipcEvents)[Name]>;
