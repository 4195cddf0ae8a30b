import { z } from "zod";
import { serializedErrorSchema } from "../model/error";
import { templateSchema } from "../model/template";
import { request } from "./define";

/** A place in a template file and what is wrong there. */
export const templateProblemSchema = z.object({
  error: serializedErrorSchema,
  /** Keys from the root: `["limits", "cpuMs"]`. */
  path: z.array(z.union([z.string(), z.number()])),
  line: z.int().optional(),
  column: z.int().optional(),
});
export type TemplateProblem = z.infer<typeof templateProblemSchema>;

/** One template file as listed: usable, or broken with its reasons; never dropped. */
export const templateEntrySchema = z.object({
  /** File name inside `templates/`, the key of every request. */
  file: z.string(),
  /** `ok`; `broken`: does not parse or validate; `newer`: written by a newer version, read-only; `duplicate`: another file has its id or name. */
  state: z.enum(["ok", "broken", "newer", "duplicate"]),
  name: z.string(),
  template: templateSchema.optional(),
  source: z.string(),
  hash: z.string(),
  mtimeMs: z.number(),
  readOnly: z.boolean(),
  problems: z.array(templateProblemSchema),
  /** What it permits, in words. */
  effects: z.array(z.string()),
});
export type TemplateEntry = z.infer<typeof templateEntrySchema>;

export const remarkSchema = z.object({
  rule: z.string(),
  severity: z.enum(["error", "warning", "info"]),
  message: z.string(),
  path: z.array(z.union([z.string(), z.number()])),
});
export type Remark = z.infer<typeof remarkSchema>;

/** A difference in policy, in words: "now may run git". */
export const policyChangeSchema = z.object({
  kind: z.enum(["widens", "narrows", "neutral"]),
  path: z.array(z.union([z.string(), z.number()])),
  text: z.string(),
});
export type PolicyChange = z.infer<typeof policyChangeSchema>;

export const templateDiffSchema = z.object({
  changes: z.array(policyChangeSchema),
  before: z.string(),
  after: z.string(),
  identical: z.boolean(),
});
export type TemplateDiff = z.infer<typeof templateDiffSchema>;

export const importItemSchema = z.object({
  name: z.string(),
  file: z.string(),
  template: templateSchema.optional(),
  problems: z.array(templateProblemSchema),
  /** `new`; `sameId`: this template exists already; `nameTaken`: another one has its name. */
  conflict: z.enum(["none", "sameId", "nameTaken"]),
  effects: z.array(z.string()),
  /** Differences from the template that it would replace. */
  changes: z.array(policyChangeSchema),
  /** What the migration from the older form changes, line by line. */
  migration: z.array(z.string()),
  /** `valid`, `changed` since it was exported, or `absent`. */
  checksum: z.enum(["valid", "changed", "absent"]),
});
export type ImportItem = z.infer<typeof importItemSchema>;

const file = z.string().max(400);

/** Names a template: a file of the workspace's list, or a whole template text that is not saved. */
export const templateRefSchema = z.union([z.object({ file }), z.object({ source: z.string() })]);
export type TemplateRef = z.infer<typeof templateRefSchema>;

export const templatesRequests = {
  "templates.list": request(z.object({}), z.object({ templates: z.array(templateEntrySchema) })),
  /** Creates one: from defaults, a preset, or the modules and roots that a script needs. */
  "templates.create": request(
    z.object({ name: z.string(), preset: z.string().optional(), fromScript: z.string().optional() }),
    z.object({ entry: templateEntrySchema }),
  ),
  /** Saves a template's text as it stands; `expectedHash` detects changes on disk (`TEMPLATE_CONFLICT`). Never stores what does not validate. */
  "templates.save": request(
    z.object({ file, source: z.string(), expectedHash: z.string() }),
    z.object({ entry: templateEntrySchema }),
  ),
  /** Checks a text without saving it: problems, remarks, effects. */
  "templates.check": request(
    z.object({ source: z.string(), file: file.optional() }),
    z.object({
      template: templateSchema.optional(),
      problems: z.array(templateProblemSchema),
      remarks: z.array(remarkSchema),
      effects: z.array(z.string()),
    }),
  ),
  "templates.duplicate": request(
    z.object({ file, name: z.string() }),
    z.object({ entry: templateEntrySchema }),
  ),
  "templates.rename": request(z.object({ file, name: z.string() }), z.object({ entry: templateEntrySchema })),
  "templates.delete": request(z.object({ file }), z.object({ undoToken: z.string() })),
  "templates.undoDelete": request(
    z.object({ undoToken: z.string() }),
    z.object({ entry: templateEntrySchema }),
  ),
  "templates.addModule": request(
    z.object({ file, module: z.string(), config: z.record(z.string(), z.json()).optional() }),
    z.object({ entry: templateEntrySchema }),
  ),
  /** Lists a library of the catalogue. */
  "templates.addLibrary": request(
    z.object({ file, library: z.string() }),
    z.object({ entry: templateEntrySchema }),
  ),
  "templates.removeModule": request(
    z.object({ file, module: z.string() }),
    z.object({ entry: templateEntrySchema }),
  ),
  /** Removes built-in names that older data lists as modules. */
  "templates.removeBuiltins": request(
    z.object({ file }),
    z.object({ entry: templateEntrySchema, removed: z.array(z.string()) }),
  ),
  "templates.diff": request(
    z.object({ before: templateRefSchema, after: templateRefSchema }),
    templateDiffSchema,
  ),
  "templates.diffWithGit": request(z.object({ file }), z.object({ diff: templateDiffSchema.nullable() })),
  "templates.presets": request(
    z.object({}),
    z.object({
      presets: z.array(
        z.object({ id: z.string(), title: z.string(), summary: z.string(), effects: z.array(z.string()) }),
      ),
    }),
  ),
  /** Modules that the workspace's scripts require and the template lacks, and the reverse. */
  "templates.suggest": request(
    z.object({ source: z.string() }),
    z.object({
      missing: z.array(z.object({ module: z.string(), scripts: z.array(z.string()) })),
      unused: z.array(z.string()),
    }),
  ),
  "templates.export": request(z.object({ files: z.array(file).min(1) }), z.object({ bundle: z.string() })),
  /** Asks for a folder and writes the templates there as files, with checksums; empty when the user cancelled. */
  "templates.exportFolder": request(
    z.object({ files: z.array(file).min(1) }),
    z.object({ path: z.string().optional() }),
  ),
  /** Several received files as one text to import: those of an exported folder, templates, bundles. */
  "templates.bundleFiles": request(
    z.object({ files: z.array(z.object({ file, content: z.string() })).min(1) }),
    z.object({ text: z.string() }),
  ),
  /** Shows what an import would do; writes nothing. */
  "templates.previewImport": request(
    z.object({ text: z.string() }),
    z.object({ items: z.array(importItemSchema) }),
  ),
  "templates.import": request(
    z.object({
      text: z.string(),
      choices: z.array(
        z.object({
          name: z.string(),
          action: z.enum(["add", "replace", "skip"]),
          newName: z.string().optional(),
        }),
      ),
    }),
    z.object({ entries: z.array(templateEntrySchema) }),
  ),
  "templates.jsonSchema": request(z.object({}), z.object({ schema: z.record(z.string(), z.json()) })),
} as const;
