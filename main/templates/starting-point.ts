import { randomUUID } from "node:crypto";
import { WorkbenchError } from "../../shared/model/error";
import { type Limits, type Template, templateSchema } from "../../shared/model/template";
import { describeIssues, pathText } from "../modules/schema-problems";
import { formatJson } from "./json-text";
import { PRESETS } from "./presets";
import type { TemplateRules } from "./rules";
import { scriptNeeds } from "./script-needs";

export interface CreateOptions {
  readonly name: string;
  /** Id of a preset. */
  readonly preset?: string | undefined;
  /** Workspace-relative script whose modules and roots the template gets. */
  readonly fromScript?: string | undefined;
}

interface Surroundings {
  readonly workspaceRoot: string;
  readonly rules: TemplateRules;
  /** Limits that new templates start with; those of a preset come before them. */
  readonly defaultLimits: Partial<Limits>;
}

/**
 * Text of a new template: from defaults, a preset, or what a script needs, every default written out. Throws
 * `VALIDATION_ERROR` for an empty or over-long name, `INVALID_REQUEST` for an unknown preset, `FILE_NOT_FOUND` and
 * `INVALID_PATH` for the script.
 */
export function newTemplateText(options: CreateOptions, surroundings: Surroundings): string {
  const base = startingPoint(options, surroundings);
  const limits = { ...surroundings.defaultLimits, ...base.limits };
  const parsed = templateSchema.safeParse({ ...base, id: randomUUID(), name: options.name, limits });
  if (parsed.success) return formatJson(ordered(parsed.data));
  const [first] = describeIssues(templateSchema, parsed.error.issues);
  const path = first?.path ?? [];
  throw new WorkbenchError("VALIDATION_ERROR", `${pathText(path)}: ${first?.message ?? "not valid"}`, {
    path,
  });
}

function startingPoint({ preset, fromScript }: CreateOptions, { workspaceRoot, rules }: Surroundings) {
  if (fromScript !== undefined) {
    const { script, modules, libraries } = scriptNeeds(workspaceRoot, fromScript, rules);
    return { description: `For ${script}.`, modules, libraries, limits: {} };
  }
  if (preset === undefined) return { limits: {} };
  const found = PRESETS.find((each) => each.id === preset);
  if (found !== undefined) return { limits: {}, ...found.policy };
  const ids = PRESETS.map((each) => each.id).join(", ");
  throw new WorkbenchError("INVALID_REQUEST", `There is no preset "${preset}". Presets: ${ids}.`, {
    preset,
  });
}

/** Keys of a new file in the order in which people read a template. */
function ordered(template: Template): Template {
  const { version, id, name, description, modules, libraries, startup, limits, resolver, runtime } = template;
  return { version, id, name, description, modules, libraries, startup, limits, resolver, runtime };
}
