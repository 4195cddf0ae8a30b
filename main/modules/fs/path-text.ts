import platformPath, { type PlatformPath } from "node:path";

/*
 * What the text of a path says, by the rules of a platform: this machine's when left out. Nothing here looks at a disk.
 */

/** The parts of a path behind its root; empty ones and `.` are left in. */
export function partsOf(path: string, { sep, parse }: PlatformPath = platformPath): string[] {
  return path.slice(parse(path).root.length).split(sep === "\\" ? /[\\/]+/ : /\/+/);
}

/** Whether a path that was written like this can only mean a folder. */
export function endsAsFolder(path: string, { sep }: PlatformPath = platformPath): boolean {
  return sep === "\\" ? /[\\/]$/.test(path) : path.endsWith("/");
}

/** Whether `path` is `folder` or lies in it; both absolute, without links, in the spelling of the disk. */
export function isWithin(folder: string, path: string, { sep }: PlatformPath = platformPath): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

/** The part of an absolute path that says on which disk or server it is. Case and the kind of slash do not matter there. */
export function diskOf(path: string, { parse }: PlatformPath = platformPath): string {
  return parse(path).root.toLowerCase().replaceAll("/", "\\");
}

/** The root from which the target of a link counts, for a link in an absolute folder; `undefined` for a relative target. */
export function rootOfTarget(
  folder: string,
  target: string,
  { isAbsolute, parse, resolve }: PlatformPath = platformPath,
): string | undefined {
  // `\\x` is absolute on Windows, on the disk where the link is.
  return isAbsolute(target) ? parse(resolve(folder, target)).root : undefined;
}
