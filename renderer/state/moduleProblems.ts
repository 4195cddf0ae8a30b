import { nearest, nearestFile, nearestScript } from "../../shared/model/nearest";
import type { Template } from "../../shared/model/template";
import type { Missing } from "./enableModule";
import { isWithin, joinPath, parentOf, resolvePath } from "./paths";
import { findSpecifiers, type Specifier } from "./requires";

/** A specifier that cannot be loaded with the chosen template, and what would help. */
export interface ModuleProblem extends Specifier {
  readonly code: "MODULE_NOT_ENABLED" | "MODULE_NOT_FOUND";
  readonly message: string;
  readonly fix?:
    | { readonly kind: "enable"; readonly missing: Missing }
    | { readonly kind: "replace"; readonly with: string };
}

export interface ModuleFacts {
  /** The chosen template; `null` runs without modules. */
  readonly template: Pick<Template, "name" | "modules" | "libraries" | "resolver"> | null;
  readonly modules: readonly { readonly name: string; readonly aliases: readonly string[] }[];
  readonly libraries: readonly { readonly id: string }[];
  /** Workspace files that are not ignored. */
  readonly files: readonly string[];
}

/** Words of the workbench's own modules that need no template entry. */
const ALWAYS = new Set(["vm:args", "vm:env"]);
const DEFAULT_EXTENSIONS = [".js", ".mjs", ".cjs", ".ts", ".mts", ".json"];

/** Which `require`s of a script will fail with this template, and why. */
export function findModuleProblems(path: string, text: string, facts: ModuleFacts): ModuleProblem[] {
  const files = new Set(facts.files);
  return findSpecifiers(text).flatMap((found) => {
    const problem = found.specifier.startsWith(".")
      ? relativeProblem(path, found.specifier, files, facts)
      : bareProblem(found.specifier, files, facts);
    return problem === undefined ? [] : [{ ...found, ...problem }];
  });
}

function bareProblem(
  specifier: string,
  files: ReadonlySet<string>,
  { template, modules, libraries, files: all }: ModuleFacts,
): Omit<ModuleProblem, keyof Specifier> | undefined {
  if (specifier === "" || ALWAYS.has(specifier) || specifier.startsWith("/")) return undefined;
  const module = modules.find(
    (candidate) => candidate.name === specifier || candidate.aliases.includes(specifier),
  );
  const templateName = `the template “${template?.name ?? ""}”`;
  if (module !== undefined) {
    if (template !== null && Object.hasOwn(template.modules, module.name)) return undefined;
    return {
      code: "MODULE_NOT_ENABLED",
      message:
        template === null
          ? `${specifier} needs a template that enables it: choose one in the run bar, or make one.`
          : `${specifier} is not enabled in ${templateName}.`,
      fix: { kind: "enable", missing: { kind: "module", name: module.name } },
    };
  }
  const listed = template?.libraries.map((entry) => (typeof entry === "string" ? entry : entry.path)) ?? [];
  const library = libraries.find(
    (candidate) => candidate.id === specifier || specifier.startsWith(`${candidate.id}/`),
  );
  if (listed.some((id) => specifier === id || specifier.startsWith(`${id}/`))) return undefined;
  if (template?.resolver.npm === true) return undefined;
  const extensions = template?.resolver.extensions ?? DEFAULT_EXTENSIONS;
  const roots = template?.resolver.roots ?? ["."];
  if (roots.some((root) => exists(resolvePath(root === "." ? "" : root, specifier), files, extensions)))
    return undefined;
  if (library !== undefined) {
    return {
      code: "MODULE_NOT_ENABLED",
      message:
        template === null
          ? `The library ${library.id} needs a template that lists it: choose one in the run bar, or make one.`
          : `The library ${library.id} is not listed in ${templateName}. Add it there under Libraries.`,
      fix: { kind: "enable", missing: { kind: "library", name: library.id } },
    };
  }
  const names = [
    ...modules.flatMap((candidate) => [candidate.name, ...candidate.aliases]),
    ...libraries.map((candidate) => candidate.id),
  ];
  const near = nearest(specifier, names) ?? nearestInRoots(specifier, roots, all, extensions);
  return {
    code: "MODULE_NOT_FOUND",
    message:
      near === undefined
        ? `There is no module “${specifier}”.`
        : `There is no module “${specifier}”. Did you mean “${near}”?`,
    ...(near === undefined ? {} : { fix: { kind: "replace", with: near } }),
  };
}

function relativeProblem(
  path: string,
  specifier: string,
  files: ReadonlySet<string>,
  { template, files: all }: ModuleFacts,
): Omit<ModuleProblem, keyof Specifier> | undefined {
  const folder = parentOf(path);
  const target = resolvePath(folder, specifier);
  const extensions = template?.resolver.extensions ?? DEFAULT_EXTENSIONS;
  if (exists(target, files, extensions)) return undefined;
  const near = nearestFile(specifier, folder, loadable(all, extensions));
  return {
    code: "MODULE_NOT_FOUND",
    message:
      near === undefined
        ? `There is no file “${specifier}”.`
        : `There is no file “${specifier}”. Did you mean “${near}”?`,
    ...(near === undefined ? {} : { fix: { kind: "replace", with: near } }),
  };
}

function exists(
  target: string | undefined,
  files: ReadonlySet<string>,
  extensions: readonly string[],
): boolean {
  if (target === undefined) return false;
  const candidates = [
    target,
    ...extensions.map((extension) => target + extension),
    ...extensions.map((extension) => joinPath(target, `index${extension}`)),
  ];
  return candidates.some((candidate) => files.has(candidate));
}

/** The file that a bare specifier most likely means, as the resolver looks for it: below the template's roots, in order. */
function nearestInRoots(
  specifier: string,
  roots: readonly string[],
  files: readonly string[],
  extensions: readonly string[],
): string | undefined {
  for (const root of roots) {
    const folder = resolvePath("", root);
    if (folder === undefined) continue;
    const start = folder === "" ? 0 : folder.length + 1;
    const names = loadable(files, extensions)
      .filter((file) => isWithin(file, folder))
      .map((file) => file.slice(start));
    const found = nearestScript(specifier, names);
    if (found !== undefined) return found;
  }
  return undefined;
}

const loadable = (files: readonly string[], extensions: readonly string[]): string[] =>
  files.filter((file) => extensions.some((extension) => file.endsWith(extension)));
