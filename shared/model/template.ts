import { z } from "zod";
import { templateIdSchema } from "./ids";

/** Newest template file version that this application reads and writes. */
export const TEMPLATE_VERSION = 1;

/** Ending of every template file in the workspace's `templates/` folder. */
export const TEMPLATE_FILE_SUFFIX = ".template.json";

/** Every limit is enforced while a script runs, for startup files and REPL input alike. */
export const limitsSchema = z.strictObject({
  cpuMs: z
    .int()
    .min(10)
    .max(3_600_000)
    .default(2000)
    .describe(
      "Computing time of one execution, in milliseconds. Waiting for timers or files does not count.",
    ),
  wallMs: z
    .int()
    .min(10)
    .max(86_400_000)
    .default(5000)
    .describe("Time from start to end of one execution, in milliseconds, waiting included."),
  memoryMb: z.int().min(16).max(2048).default(128).describe("Memory of the session's engine, in megabytes."),
  stackKb: z
    .int()
    .min(64)
    .max(256)
    .default(256)
    .describe("Stack of the engine, in kilobytes. Deep recursion ends with a catchable error."),
  maxEvents: z
    .int()
    .min(1)
    .max(10_000_000)
    .default(50_000)
    .describe("Events (console lines, values, output) of one execution."),
  maxOutputKb: z
    .int()
    .min(1)
    .max(1_048_576)
    .default(256)
    .describe("Text written by one execution, in kilobytes."),
});
export type Limits = z.infer<typeof limitsSchema>;

export const startupFileSchema = z.strictObject({
  path: z.string().min(1).describe("Script in the workspace, relative to its root."),
  mode: z
    .enum(["eval", "import"])
    .default("eval")
    .describe("eval: runs as a script. import: runs as an ES module."),
});
export type StartupFile = z.infer<typeof startupFileSchema>;

export const localLibrarySchema = z.strictObject({
  path: z.string().min(1).describe("Library file in the workspace, relative to its root."),
  global: z.string().min(1).optional().describe("Name under which the library is set on globalThis."),
});
export const libraryEntrySchema = z.union([z.string().min(1), localLibrarySchema]);
export type LibraryEntry = z.infer<typeof libraryEntrySchema>;

export const RESOLVER_EXTENSIONS = [".js", ".mjs", ".cjs", ".ts", ".mts", ".json"] as const;

export const resolverSchema = z.strictObject({
  roots: z
    .array(z.string().min(1))
    .default(["."])
    .describe("Folders of the workspace in which bare file names are looked up, in order."),
  extensions: z
    .array(z.string().regex(/^\.[\w.]+$/))
    .default([...RESOLVER_EXTENSIONS])
    .describe("Endings tried, in order, when a specifier has none."),
  npm: z
    .boolean()
    .default(false)
    .describe("Whether pure-JavaScript packages of the workspace's node_modules can be loaded."),
});
export type Resolver = z.infer<typeof resolverSchema>;

export const runtimeSchema = z.strictObject({
  console: z.boolean().default(true).describe("Whether console output is recorded."),
  strict: z.boolean().default(true).describe("Whether plain scripts run in strict mode."),
  typescript: z.boolean().default(true).describe("Whether TypeScript files are run, types stripped."),
});

/** Configuration of one native module. What it may hold is decided by that module's own schema in the registry. */
export const moduleConfigSchema = z.record(z.string(), z.json());
export type ModuleConfig = z.infer<typeof moduleConfigSchema>;

/**
 * The shape of a template file. Module names and their configurations are checked by the module policy, which knows
 * the registry; this schema knows only their shape.
 */
export const templateSchema = z.strictObject({
  $schema: z.string().optional().describe("Where editors find the JSON Schema of this file."),
  version: z.literal(TEMPLATE_VERSION).default(TEMPLATE_VERSION).describe("Version of the template format."),
  id: templateIdSchema.describe("Stable identity of the template."),
  name: z
    .string()
    .trim()
    .min(1)
    .max(120)
    // A name that a terminal obeys, or that reads backwards, could pass for another one.
    .regex(/^[^\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]*$/, {
      error: "A name is one line of visible characters.",
    })
    .describe("Name of the template, unique in the workspace (case-insensitive)."),
  description: z.string().max(4000).default("").describe("What the template is for."),
  modules: z
    .record(z.string(), moduleConfigSchema)
    .default({})
    .describe("Native modules that sessions may load, each with its configuration."),
  libraries: z
    .array(libraryEntrySchema)
    .default([])
    .describe("Libraries that sessions may load: ids of the catalogue, or files of the workspace."),
  startup: z
    .array(startupFileSchema)
    .default([])
    .describe("Scripts that run when a session starts, in this order."),
  limits: limitsSchema.prefault({}).describe("Limits of every execution."),
  resolver: resolverSchema
    .prefault({})
    .describe("How relative and bare specifiers are found in the workspace."),
  runtime: runtimeSchema.prefault({}).describe("Options of the JavaScript runtime."),
});
/** A complete template: every default filled in. */
export type Template = z.infer<typeof templateSchema>;
/** A template as a user may write it: defaults left out. */
export type TemplateInput = z.input<typeof templateSchema>;
