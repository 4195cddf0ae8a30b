/** Helpers for workspace-relative paths with `/`. The root is the empty text. */
export const baseName = (path: string): string => path.slice(path.lastIndexOf("/") + 1);
export const parentOf = (path: string): string =>
  path.includes("/") ? path.slice(0, path.lastIndexOf("/")) : "";
export const joinPath = (folder: string, name: string): string =>
  folder === "" ? name : `${folder}/${name}`;

/** Ending of a file's name in lower case, with its dot; `""` when it has none. */
export function extensionOf(path: string): string {
  const name = baseName(path);
  const dot = name.lastIndexOf(".");
  return dot <= 0 ? "" : name.slice(dot).toLowerCase();
}

const SCRIPT_EXTENSIONS = new Set([".js", ".mjs", ".cjs", ".ts", ".mts"]);

/** Whether a session can run the file. */
export const isScript = (path: string): boolean =>
  SCRIPT_EXTENSIONS.has(extensionOf(path)) && !path.endsWith(".d.ts");

/** Whether `path` is `folder` or lies inside it. */
export const isWithin = (path: string, folder: string): boolean =>
  folder === "" || path === folder || path.startsWith(`${folder}/`);

/** `path` after `from` was renamed to `to`; unchanged when it is not affected. */
export const renamedPath = (path: string, from: string, to: string): string =>
  isWithin(path, from) ? to + path.slice(from.length) : path;

/** Joins and resolves `.` and `..`; `undefined` when it leaves the workspace. */
export function resolvePath(folder: string, specifier: string): string | undefined {
  const parts: string[] = folder === "" ? [] : folder.split("/");
  for (const part of specifier.split("/")) {
    if (part === "" || part === ".") continue;
    if (part !== "..") parts.push(part);
    else if (parts.pop() === undefined) return undefined;
  }
  return parts.join("/");
}
