import type { Template } from "../../shared/model/template";
import { libraryTypings } from "../libraries/catalogue";
import { moduleTypings } from "./descriptor";
import { GLOBALS_TYPINGS, SCRIPT_TYPINGS } from "./globals";
import type { Registry } from "./registry";

/** A file of typings; the path is unique and relative, for the editor's own file system. */
export interface TypingsFile {
  readonly path: string;
  readonly content: string;
}

/**
 * Everything that a script in this template can name: what is always there, its modules under every name, its
 * libraries. What the template does not list is unknown to the editor, as it is to the session.
 */
export function typingsFor(template: Template, rules: { readonly registry: Registry }): TypingsFile[] {
  const files: TypingsFile[] = [
    { path: "vm-workbench/globals.d.ts", content: `${GLOBALS_TYPINGS}\n${SCRIPT_TYPINGS}` },
  ];
  for (const name of Object.keys(template.modules)) {
    const record = rules.registry.find(name);
    if (record !== undefined)
      files.push({ path: `vm-workbench/modules/${record.name}.d.ts`, content: moduleTypings(record) });
  }
  const globals: string[] = [];
  for (const library of template.libraries) {
    if (typeof library === "string") files.push(...libraryTypings(library));
    else if (library.global !== undefined && /^[\w$]+$/.test(library.global))
      globals.push(`declare var ${library.global}: any;`);
  }
  if (globals.length > 0)
    files.push({ path: "vm-workbench/libraries.d.ts", content: `${globals.join("\n")}\n` });
  return files;
}
