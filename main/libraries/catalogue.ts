import { z } from "zod";
import { WorkbenchError } from "../../shared/model/error";
import { libraryDescriptorSchema, type LibraryDescriptor, type MemberDoc } from "../../shared/model/module";
import { readAsset } from "../core/assets";
import { nearest } from "../../shared/model/nearest";

const entrySchema = libraryDescriptorSchema.extend({ subpaths: z.array(z.string()) });
const membersSchema = z.array(z.object({ name: z.string(), signature: z.string(), summary: z.string() }));
const typingsSchema = z.array(z.object({ path: z.string(), content: z.string() }));

/** A library of the catalogue, with the further names that it can be loaded by: `plugin/utc` for `dayjs/plugin/utc`. */
export type Library = z.infer<typeof entrySchema>;
/** A file of typings; `path` is relative, such as `node_modules/dayjs/index.d.ts`. */
export type TypingsFile = z.infer<typeof typingsSchema>[number];

export type LibraryMember = Pick<MemberDoc, "name" | "signature" | "summary">;

let catalogue: readonly Library[] | undefined;

/** Every library of the catalogue, as it was built from the packages. */
export function libraries(): readonly Library[] {
  catalogue ??= z.array(entrySchema).parse(JSON.parse(readAsset("libraries", "catalogue.json")));
  return catalogue;
}

/** Ids of all libraries, as templates list them. */
export function libraryIds(): string[] {
  return libraries().map(({ id }) => id);
}

/** What window and command line show. */
export function describeLibraries(): LibraryDescriptor[] {
  return libraries().map(({ subpaths: _subpaths, ...descriptor }) => descriptor);
}

/** Throws `LIBRARY_NOT_FOUND`, with the nearest id, for one that is not in the catalogue. */
export function getLibrary(id: string): Library {
  const library = libraries().find((candidate) => candidate.id === id);
  if (library !== undefined) return library;
  const near = nearest(id, libraryIds());
  const hint = near === undefined ? `Libraries: ${libraryIds().join(", ")}.` : `Did you mean "${near}"?`;
  throw new WorkbenchError("LIBRARY_NOT_FOUND", `There is no library "${id}". ${hint}`, {
    library: id,
    ...(near === undefined ? {} : { nearest: near }),
  });
}

/** The library, and the entry point of it, that a specifier such as `dayjs` or `dayjs/plugin/utc` names. */
export function findLibraryEntry(
  specifier: string,
): { readonly library: Library; readonly subpath: string | undefined } | undefined {
  for (const library of libraries()) {
    if (specifier === library.id) return { library, subpath: undefined };
    if (!specifier.startsWith(`${library.id}/`)) continue;
    const subpath = specifier.slice(library.id.length + 1).replace(/\.js$/, "");
    if (library.subpaths.includes(subpath)) return { library, subpath };
  }
  return undefined;
}

/**
 * Code of a library or of one of its entry points: the body of a CommonJS module `(exports, require, module)`. It
 * requires nothing but its own library (plugins, locales) and `vm:random`, the random bytes of the host.
 */
export function libraryCode(id: string, subpath?: string): string {
  const { subpaths } = getLibrary(id);
  if (subpath === undefined) return readAsset("libraries", `${id}.js`);
  if (subpaths.includes(subpath)) return readAsset("libraries", id, `${subpath}.js`);
  throw new WorkbenchError("LIBRARY_NOT_FOUND", `The library ${id} has no "${subpath}".`, { library: id });
}

/** Typings of a library and, when it has one, of its global. */
export function libraryTypings(id: string): TypingsFile[] {
  getLibrary(id);
  return typingsSchema.parse(JSON.parse(readAsset("libraries", `${id}.typings.json`)));
}

const members = new Map<string, readonly LibraryMember[]>();

/** What a library exports, by its typings; for completion. */
export function libraryMembers(id: string): readonly LibraryMember[] {
  getLibrary(id);
  let found = members.get(id);
  if (found === undefined) {
    found = membersSchema.parse(JSON.parse(readAsset("libraries", `${id}.members.json`)));
    members.set(id, found);
  }
  return found;
}

/** Licence texts of everything that went into a library's bundle. */
export function libraryLicenses(id: string): string {
  getLibrary(id);
  return readAsset("libraries", `${id}.LICENSE.txt`);
}
