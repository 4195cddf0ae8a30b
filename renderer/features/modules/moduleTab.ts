export const MODULE_KIND = "module";

/** The tab that explains a module of the registry, or a library of the catalogue. */
export const moduleTab = (name: string, kind: "module" | "library" = "module") => ({
  id: `${MODULE_KIND}:${kind}:${name}`,
  kind: MODULE_KIND,
  input: { name, of: kind },
});
