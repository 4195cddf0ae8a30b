import { z } from "zod";
import { limitsSchema } from "../model/template";
import { request } from "./define";

const settingsFields = {
  theme: z.enum(["system", "light", "dark", "highContrast"]),
  fontSize: z.int().min(8).max(40),
  tabSize: z.int().min(1).max(8),
  wordWrap: z.boolean(),
  inlineResults: z.boolean(),
  reducedMotion: z.enum(["system", "on", "off"]),
  /** Limits that new templates start with. */
  defaultLimits: limitsSchema,
  history: z.object({
    maxExecutions: z.int().min(10).max(1_000_000).default(5000),
    maxDays: z.int().min(1).max(3650).default(90),
  }),
  tourDone: z.boolean(),
};
export const settingsSchema = z.object({
  theme: settingsFields.theme.default("system"),
  fontSize: settingsFields.fontSize.default(13),
  tabSize: settingsFields.tabSize.default(2),
  wordWrap: settingsFields.wordWrap.default(false),
  inlineResults: settingsFields.inlineResults.default(true),
  reducedMotion: settingsFields.reducedMotion.default("system"),
  defaultLimits: settingsFields.defaultLimits.prefault({}),
  history: settingsFields.history.prefault({}),
  tourDone: settingsFields.tourDone.default(false),
});
export type Settings = z.infer<typeof settingsSchema>;
/** Some of the settings. Without defaults, which zod fills in here too: one change would reset all the others. */
const settingsPatchSchema = z.object(settingsFields).partial();

export const appInfoSchema = z.object({
  version: z.string(),
  electron: z.string(),
  node: z.string(),
  platform: z.string(),
  safeMode: z.boolean(),
  /** Things the user must know at start: a history file set aside, a read-only folder … */
  notices: z.array(z.object({ code: z.string(), message: z.string() })),
});
export type AppInfo = z.infer<typeof appInfoSchema>;

export const appRequests = {
  "app.info": request(z.object({}), appInfoSchema),
  "app.getSettings": request(z.object({}), settingsSchema),
  "app.setSettings": request(settingsPatchSchema, settingsSchema),
  /** UI state (tabs, drafts, layout) by key; JSON, kept for the workspace, at most 1 s old after a crash. */
  "app.getState": request(z.object({ key: z.string().max(200) }), z.object({ value: z.json().nullable() })),
  "app.setState": request(z.object({ key: z.string().max(200), value: z.json() }), z.object({})),
  "app.openExternal": request(z.object({ url: z.string().max(4096) }), z.object({ opened: z.boolean() })),
  "app.copyText": request(z.object({ text: z.string() }), z.object({})),
  /** Asks for a place and writes the text there; `path` is absent when the user cancelled. */
  "app.saveTextAs": request(
    z.object({ suggestedName: z.string(), text: z.string() }),
    z.object({ path: z.string().optional() }),
  ),
} as const;
