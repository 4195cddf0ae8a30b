/** `.d.ts` text of the module `path`. */
export const typings = `declare module "path" {
  /** Parts of a path, as \`parse\` gives them. */
  export interface ParsedPath {
    /** "/" or "C:\\\\", or "" for a relative path. */
    root: string;
    /** Everything before the last part. */
    dir: string;
    /** The last part, with its extension. */
    base: string;
    /** The extension with its dot, or "". */
    ext: string;
    /** The last part without its extension. */
    name: string;
  }
  /** One platform's path functions: those of POSIX or those of Windows. */
  export interface PlatformPath {
    resolve(...paths: string[]): string;
    normalize(path: string): string;
    isAbsolute(path: string): boolean;
    join(...paths: string[]): string;
    relative(from: string, to: string): string;
    toNamespacedPath(path: string): string;
    dirname(path: string): string;
    basename(path: string, suffix?: string): string;
    extname(path: string): string;
    format(pathObject: Partial<ParsedPath>): string;
    parse(path: string): ParsedPath;
    matchesGlob(path: string, pattern: string): boolean;
    readonly sep: "/" | "\\\\";
    readonly delimiter: ":" | ";";
    readonly posix: PlatformPath;
    readonly win32: PlatformPath;
  }
  export function resolve(...paths: string[]): string;
  export function normalize(path: string): string;
  export function isAbsolute(path: string): boolean;
  export function join(...paths: string[]): string;
  export function relative(from: string, to: string): string;
  export function toNamespacedPath(path: string): string;
  export function dirname(path: string): string;
  export function basename(path: string, suffix?: string): string;
  export function extname(path: string): string;
  export function format(pathObject: Partial<ParsedPath>): string;
  export function parse(path: string): ParsedPath;
  export function matchesGlob(path: string, pattern: string): boolean;
  export const sep: "/" | "\\\\";
  export const delimiter: ":" | ";";
  export const posix: PlatformPath;
  export const win32: PlatformPath;
}
`;
