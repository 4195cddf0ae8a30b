import { parse } from "yaml";
import { z } from "zod";

const FLAGS = [
  "onlyStrict",
  "noStrict",
  "module",
  "raw",
  "async",
  "generated",
  "CanBlockIsFalse",
  "CanBlockIsTrue",
  "non-deterministic",
  "explicit-resource-management",
] as const;

/** Front matter of a test, as far as running it depends on it. Unknown members are ignored, unknown flags kept. */
const frontMatterSchema = z.object({
  flags: z.array(z.union([z.enum(FLAGS), z.string()])).nullish(),
  includes: z.array(z.string()).nullish(),
  features: z.array(z.string()).nullish(),
  negative: z.object({ phase: z.enum(["parse", "resolution", "runtime"]), type: z.string() }).nullish(),
});

/** How a test is to be run, and what it must end with. */
export interface Metadata {
  readonly flags: ReadonlySet<string>;
  readonly includes: readonly string[];
  readonly features: readonly string[];
  readonly negative?: { readonly phase: "parse" | "resolution" | "runtime"; readonly type: string };
}

/** One way to run a test: most run twice, in sloppy and in strict mode. */
export type Mode = "sloppy" | "strict" | "module" | "raw";

/** Reads the front matter that test262's comments hold. Throws when it is no YAML of the known shape. */
export function readMetadata(source: string): Metadata {
  const start = source.indexOf("/*---");
  const end = source.indexOf("---*/", start);
  if (start < 0 || end < 0) return { flags: new Set(), includes: [], features: [] };
  // Some tests separate lines by a bare carriage return.
  const text = source.slice(start + "/*---".length, end).replace(/\r\n?/g, "\n");
  const { flags, includes, features, negative } = frontMatterSchema.parse(parse(text) ?? {});
  return {
    flags: new Set(flags ?? []),
    includes: includes ?? [],
    features: features ?? [],
    ...(negative == null ? {} : { negative }),
  };
}

/** The modes in which a test is run, in order. */
export function modesOf({ flags }: Metadata): readonly Mode[] {
  if (flags.has("raw")) return [flags.has("module") ? "module" : "raw"];
  if (flags.has("module")) return ["module"];
  if (flags.has("onlyStrict")) return ["strict"];
  if (flags.has("noStrict")) return ["sloppy"];
  return ["sloppy", "strict"];
}

/** Files of `harness/` that are evaluated before the test, in order. */
export function harnessOf({ flags, includes }: Metadata): readonly string[] {
  if (flags.has("raw")) return [];
  return ["assert.js", "sta.js", ...(flags.has("async") ? ["doneprintHandle.js"] : []), ...includes];
}
