import { type ErrorDetails, WorkbenchError } from "../../shared/model/error";
import { NO_TEMPLATE } from "../../shared/model/no-template";
import { builtinName, engineHas } from "./builtins";
import { nearest } from "../../shared/model/nearest";
import { nodeModuleAdvice } from "./node-modules";

/** What is known when a script's `require` or `import` finds nothing. */
export interface Unresolved {
  readonly template: { readonly id: string; readonly name: string };
  /** Canonical name of the native module, or of the workspace's own, that the specifier means. */
  readonly module?: string | undefined;
  /** Id of the library of the catalogue that the specifier means. */
  readonly library?: string | undefined;
  /** Workspace-relative places that were tried. */
  readonly looked: readonly string[];
  /** Everything that a template could list, for "did you mean". */
  readonly names: readonly string[];
  /** The workspace file that is near to the specifier, as the script would write it. */
  readonly nearFile?: (() => string | undefined) | undefined;
}

/** Name of the template that the commands make for somebody who has none. */
const OWN_TEMPLATE = "Mine";

/**
 * The error for a specifier that does not resolve, with what to do: `MODULE_NOT_ENABLED` when a template could list it (its
 * details name `module` or `library`, the template and the command), else `MODULE_NOT_FOUND` with the reason (a built-in
 * needs no require, a module of Node does not exist) or the nearest name and where it was looked for.
 */
export function unresolvedError(specifier: string, known: Unresolved): WorkbenchError {
  // First: `url` is a module, though URL is a built-in.
  if (known.module !== undefined) return notEnabled("module", known.module, known.template);
  const isPath = /^[./\\#]/.test(specifier);
  const builtin = isPath ? undefined : builtinName(specifier);
  if (builtin !== undefined) {
    const message = engineHas(builtin)
      ? `${builtin} is a JavaScript built-in: it is always available and needs no require.`
      : `${builtin} is a JavaScript built-in that this engine does not have.`;
    return new WorkbenchError("MODULE_NOT_FOUND", message, { module: specifier, builtin });
  }
  if (known.library !== undefined) return notEnabled("library", known.library, known.template);
  const advice = isPath ? undefined : nodeModuleAdvice(specifier, known.names);
  if (advice !== undefined) return new WorkbenchError("MODULE_NOT_FOUND", advice, { module: specifier });
  const near = (isPath ? undefined : nearest(specifier, known.names)) ?? known.nearFile?.();
  const looked = [...new Set(known.looked)];
  const hint = near === undefined ? "" : ` Did you mean "${near}"?`;
  const places = looked.length === 0 ? "" : ` Looked at: ${looked.join(", ")}.`;
  return new WorkbenchError("MODULE_NOT_FOUND", `Cannot find the module "${specifier}".${hint}${places}`, {
    module: specifier,
    looked,
    ...(near === undefined ? {} : { nearest: near }),
  });
}

function notEnabled(
  kind: "module" | "library",
  name: string,
  { id, name: template }: Unresolved["template"],
) {
  const listed = kind === "module" ? "enabled" : "listed";
  const subject = kind === "module" ? name : `The library ${name}`;
  const details: ErrorDetails = { [kind]: name };
  if (id === NO_TEMPLATE.id) {
    const command = `vm-workbench template create ${OWN_TEMPLATE} && vm-workbench template add-${kind} ${OWN_TEMPLATE} ${name}`;
    const message =
      `${subject} is not ${listed}: no template is chosen. Choose one that has it (--template NAME, or Template in the ` +
      `run bar), or make one, and run with it: ${command}`;
    return new WorkbenchError("MODULE_NOT_ENABLED", message, { ...details, command });
  }
  const command = `vm-workbench template add-${kind} ${shellWord(template)} ${name}`;
  const [place, add] = kind === "module" ? ["Modules", "Enable"] : ["Libraries", "Add"];
  return new WorkbenchError(
    "MODULE_NOT_ENABLED",
    `${subject} is not ${listed} in the template "${template}". ${add} it there (${place} › ${name}) or run: ${command}`,
    { ...details, template, command },
  );
}

/** A word as one has to type it in a shell: quoted when it holds more than letters, digits and the like. */
function shellWord(word: string): string {
  return /^[\w./:@-]+$/.test(word) ? word : `"${word.replace(/["\\$`]/g, "\\$&")}"`;
}
