import type { Remark } from "../../shared/ipc/templates";
import { WorkbenchError } from "../../shared/model/error";
import type { Limits, ModuleConfig, Template } from "../../shared/model/template";
import type { Registry } from "../modules/registry";
import { findWorkspaceModules } from "../modules/workspace-modules";
import { resolveExistingFile, resolveInside } from "../workspace/paths";
import { limitKeys } from "./diff";
import { LIMIT_WORDS, limitText } from "./effects";
import type { TemplateRules } from "./rules";

type Severity = Remark["severity"];

/** Values above which a limit hardly limits; valid, but worth a second look. */
const HIGH: Partial<Limits> = {
  cpuMs: 60_000,
  wallMs: 600_000,
  memoryMb: 1024,
  maxEvents: 1_000_000,
  maxOutputKb: 65_536,
};
/** Values below which hardly a script runs. */
const LOW: Partial<Limits> = { cpuMs: 50, wallMs: 100, memoryMb: 32, maxEvents: 10 };

/**
 * What a reviewer should look at in a valid template: risky grants, missing files, limits off the scale, pointless
 * entries. Modules bring their own remarks about their configurations.
 */
export function lintTemplate(template: Template, rules: TemplateRules, workspaceRoot: string): Remark[] {
  return [
    ...moduleRemarks(template, rules),
    ...shadowRemarks(template, workspaceRoot),
    ...libraryRemarks(template, workspaceRoot),
    ...startupRemarks(template, workspaceRoot),
    ...limitRemarks(template),
    ...resolverRemarks(template, workspaceRoot),
    ...runtimeRemarks(template),
  ];
}

function remark(rule: string, severity: Severity, path: (string | number)[], message: string): Remark {
  return { rule, severity, message, path };
}

function moduleRemarks(template: Template, rules: TemplateRules): Remark[] {
  return Object.entries(template.modules).flatMap(([name, config]) =>
    remarksOnModule(name, config, Object.keys(template.modules), rules.registry),
  );
}

/**
 * What a reviewer should look at in one module's configuration, as the module itself says.
 * @param listed names of all the modules of the template.
 */
export function remarksOnModule(
  name: string,
  config: ModuleConfig,
  listed: readonly string[],
  registry: Registry,
): Remark[] {
  const record = registry.find(name);
  const parsed = record?.configSchema.safeParse(config);
  if (record === undefined || parsed?.success !== true) return [];
  const path = ["modules", name];
  const own = record.remarks?.(parsed.data, besides(listed, record.name, registry)) ?? [];
  if (record.risk !== "pure" && own.length === 0 && record.effects(parsed.data).length === 0) {
    const message = `${name} is listed, but its configuration grants nothing.`;
    return [remark("module-grants-nothing", "info", path, message)];
  }
  return own.map((each) => remark(`${name}/${each.rule}`, each.severity, path, each.message));
}

function besides(listed: readonly string[], name: string, registry: Registry): ReadonlySet<string> {
  const names = listed.map((each) => registry.find(each)?.name ?? each);
  return new Set(names.filter((each) => each !== name));
}

/** Folders of the workspace that look like modules of this template and are not. */
function shadowRemarks(template: Template, workspaceRoot: string): Remark[] {
  return findWorkspaceModules(workspaceRoot).problems.flatMap(({ folder, error }) => {
    const name = folder.split("/").at(-1) ?? "";
    return Object.hasOwn(template.modules, name)
      ? [remark("workspace-module-unused", "warning", ["modules", name], error.message)]
      : [];
  });
}

function libraryRemarks(template: Template, workspaceRoot: string): Remark[] {
  const seen = new Set<string>();
  return template.libraries.flatMap((library, index) => {
    const label = typeof library === "string" ? library : library.path;
    const path = ["libraries", index];
    const remarks =
      typeof library === "string"
        ? []
        : missingFile(workspaceRoot, library.path, [...path, "path"], "library-missing");
    if (seen.has(label)) remarks.push(remark("library-twice", "warning", path, `${label} is listed twice.`));
    seen.add(label);
    return remarks;
  });
}

function startupRemarks(template: Template, workspaceRoot: string): Remark[] {
  const seen = new Set<string>();
  return template.startup.flatMap((file, index) => {
    const path = ["startup", index];
    const remarks = missingFile(workspaceRoot, file.path, [...path, "path"], "startup-missing");
    if (seen.has(file.path))
      remarks.push(
        remark("startup-twice", "warning", path, `${file.path} is listed twice and would run twice.`),
      );
    seen.add(file.path);
    if (!template.runtime.typescript && /\.[mc]?ts$/.test(file.path)) {
      remarks.push(
        remark(
          "startup-typescript-off",
          "error",
          path,
          `${file.path} is TypeScript, which runtime.typescript switches off.`,
        ),
      );
    }
    return remarks;
  });
}

function missingFile(workspaceRoot: string, file: string, path: (string | number)[], rule: string): Remark[] {
  try {
    resolveExistingFile(workspaceRoot, file);
    return [];
  } catch (error) {
    if (!(error instanceof WorkbenchError)) throw error;
    return [remark(rule, "error", path, error.message)];
  }
}

function limitRemarks(template: Template): Remark[] {
  const { limits } = template;
  const remarks: Remark[] = [];
  for (const key of limitKeys()) {
    const value = limits[key];
    const high = HIGH[key];
    const low = LOW[key];
    const path = ["limits", key];
    if (high !== undefined && value > high) {
      remarks.push(
        remark(
          "limit-high",
          "warning",
          path,
          `The limit for ${LIMIT_WORDS[key]}, ${limitText(key, value)}, is off the usual scale (up to ${limitText(key, high)}).`,
        ),
      );
    }
    if (low !== undefined && value < low) {
      remarks.push(
        remark(
          "limit-low",
          "warning",
          path,
          `The limit for ${LIMIT_WORDS[key]}, ${limitText(key, value)}, is so low that hardly a script will run.`,
        ),
      );
    }
  }
  if (limits.wallMs < limits.cpuMs) {
    remarks.push(
      remark(
        "limit-order",
        "warning",
        ["limits", "wallMs"],
        "The time in all is shorter than the computing time, so the computing limit is never reached.",
      ),
    );
  }
  return remarks;
}

function resolverRemarks(template: Template, workspaceRoot: string): Remark[] {
  const remarks = template.resolver.roots.flatMap((root, index): Remark[] => {
    try {
      if (resolveInside(workspaceRoot, root).exists) return [];
      return [
        remark(
          "resolver-root-missing",
          "warning",
          ["resolver", "roots", index],
          `The folder "${root}" does not exist in the workspace.`,
        ),
      ];
    } catch (error) {
      if (!(error instanceof WorkbenchError)) throw error;
      return [remark("resolver-root-outside", "error", ["resolver", "roots", index], error.message)];
    }
  });
  if (template.resolver.extensions.length === 0) {
    remarks.push(
      remark(
        "resolver-no-extensions",
        "info",
        ["resolver", "extensions"],
        "No endings are tried, so every import must name its file in full.",
      ),
    );
  }
  return remarks;
}

function runtimeRemarks(template: Template): Remark[] {
  if (template.runtime.console) return [];
  return [
    remark(
      "console-off",
      "info",
      ["runtime", "console"],
      "Console output is not recorded, so scripts seem silent.",
    ),
  ];
}
