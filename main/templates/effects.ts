import { printable } from "../../shared/model/printable";
import type { LibraryEntry, Limits, ModuleConfig, Template } from "../../shared/model/template";
import type { Registry } from "../modules/registry";

/**
 * What one module may do with a (validated) configuration, each a phrase that follows "may". A module that computes
 * only, or whose configuration grants nothing, says so: a list of effects is never empty.
 */
export function moduleEffects(name: string, config: ModuleConfig, registry: Registry): string[] {
  const record = registry.find(name);
  if (record === undefined) return [`load ${name}, which is not registered here`];
  const parsed = record.configSchema.safeParse(config);
  const effects = parsed.success ? record.effects(parsed.data) : [];
  if (effects.length > 0) return effects.map(printable);
  return [record.risk === "pure" ? `load ${name} (computes only)` : `load ${name}, which is granted nothing`];
}

/** What a template permits, in words, most important first. */
export function templateEffects(template: Template, registry: Registry): string[] {
  const { limits } = template;
  return [
    ...Object.entries(template.modules).flatMap(([name, config]) => moduleEffects(name, config, registry)),
    ...template.libraries.map((library) => printable(`load the library ${libraryLabel(library)}`)),
    ...(template.resolver.npm ? ["load packages from the workspace's node_modules"] : []),
    ...template.startup.map((file) => printable(`run ${file.path} when a session starts`)),
    `use ${limitText("cpuMs", limits.cpuMs)} of computing, ${limitText("wallMs", limits.wallMs)} in all and ${limitText("memoryMb", limits.memoryMb)}`,
  ];
}

/** Name of a library entry: its id or its file. */
export function libraryLabel(library: LibraryEntry): string {
  if (typeof library === "string") return library;
  return library.global === undefined ? library.path : `${library.path} (as ${library.global})`;
}

/** Words for a limit's name, in sentences. */
export const LIMIT_WORDS: Record<keyof Limits, string> = {
  cpuMs: "computing time",
  wallMs: "time in all",
  memoryMb: "memory",
  stackKb: "stack",
  maxEvents: "events",
  maxOutputKb: "output",
};

/** A limit's value with its unit: `2 s`, `128 MB`, `50,000 events`. */
export function limitText(key: keyof Limits, value: number): string {
  switch (key) {
    case "cpuMs":
    case "wallMs":
      return value < 1000 ? `${value} ms` : `${Number((value / 1000).toFixed(3))} s`;
    case "memoryMb":
      return `${value} MB`;
    case "stackKb":
    case "maxOutputKb":
      return `${value} KB`;
    case "maxEvents":
      return value.toLocaleString("en-US");
  }
}
