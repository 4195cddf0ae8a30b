import { z } from "zod";

/** `pure` computes only, `workspace` touches files in granted roots, `host` reaches commands, network or machine facts. */
export const riskSchema = z.enum(["pure", "workspace", "host"]);
export type Risk = z.infer<typeof riskSchema>;

export const memberDocSchema = z.object({
  /** Name as the script writes it: `readFileSync`, `promises.readFile`, `EventEmitter`. */
  name: z.string(),
  /** TypeScript signature(s), one per line. */
  signature: z.string(),
  /** One or more sentences. */
  summary: z.string(),
  params: z.array(z.object({ name: z.string(), doc: z.string() })),
  returns: z.string(),
  /** Errors it raises: code or class, and when. */
  errors: z.array(z.object({ code: z.string(), when: z.string() })),
  /** A script that runs as it stands in a session whose template has the module (see `exampleConfig`). */
  example: z.string(),
});
export type MemberDoc = z.infer<typeof memberDocSchema>;

/** Everything about a registered module that the window, the command line and the docs show. JSON only. */
export const moduleDescriptorSchema = z.object({
  name: z.string(),
  aliases: z.array(z.string()),
  kind: z.enum(["native", "workspace"]),
  summary: z.string(),
  risk: riskSchema,
  /** What it lets a script do, in plain words, whatever its configuration. */
  allows: z.string(),
  members: z.array(memberDocSchema),
  /** `.d.ts` text that declares the module under its name and every alias. */
  typings: z.string(),
  /** JSON Schema of the configuration, made from the module's zod schema. */
  configSchema: z.record(z.string(), z.json()),
  /** The configuration's deny-by-default values. */
  configDefaults: z.record(z.string(), z.json()),
  /** A configuration with which the examples run, inside a throw-away workspace. */
  exampleConfig: z.record(z.string(), z.json()),
  /** Whole example shown first. */
  example: z.string(),
  /** Differences for people who know the Go system; Markdown. */
  comingFromGoja: z.string().optional(),
});
export type ModuleDescriptor = z.infer<typeof moduleDescriptorSchema>;

export const libraryDescriptorSchema = z.object({
  id: z.string(),
  version: z.string(),
  license: z.string(),
  summary: z.string(),
  homepage: z.string().optional(),
  /** Global name set when the template lists the library. */
  global: z.string().optional(),
  /** Size of the bundled code in bytes. */
  bytes: z.int(),
  example: z.string(),
});
export type LibraryDescriptor = z.infer<typeof libraryDescriptorSchema>;
