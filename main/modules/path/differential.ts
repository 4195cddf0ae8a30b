import type { DifferentialTable } from "../testing/differential/run";

const PATHS = [
  "",
  ".",
  "..",
  "/",
  "//",
  "a",
  "a/",
  "/a/b.txt",
  "a//b/../c",
  "./a/./b",
  "../../x",
  "/..",
  "a.b.c",
  ".hidden",
  "a.",
  "C:",
  "C:\\",
  "C:\\a\\..\\b.txt",
  "C:a",
  "\\\\srv\\share\\x",
  "\\\\?\\C:\\x",
  "a\\b/c",
  "é/ü.txt",
  "CON",
  "a:b",
  "./a:b/../c:d",
];
const quote = (text: string): string => JSON.stringify(text);
const JUNK = [
  "undefined",
  "null",
  "1",
  "true",
  "{}",
  "[]",
  "Symbol('s')",
  "() => 1",
  "function named() {}",
  "new Map()",
  "10n",
  "Object.create(null)",
  "'x'.repeat(40).split('x')",
];

const onEveryPath = [
  "normalize",
  "isAbsolute",
  "dirname",
  "basename",
  "extname",
  "parse",
  "toNamespacedPath",
  "resolve",
];
const each = (namespace: string): string[] =>
  onEveryPath.map((name) => `${quoteList()}.map((p) => ${namespace}.${name}(p))`);
function quoteList(): string {
  return `[${PATHS.map(quote).join(",")}]`;
}

/** Calls of `path` that are compared with Node. */
export const differential: DifferentialTable = {
  setup: `const PATHS = ${quoteList()};`,
  calls: [
    ...["path", "path.posix", "path.win32"].flatMap(each),
    // Pairs of paths, one call per first path.
    ...["path.posix", "path.win32"].flatMap((namespace) =>
      ["join", "relative", "resolve", "basename"].flatMap((name) =>
        PATHS.slice(0, 18).map((path) => `PATHS.map((p) => ${namespace}.${name}(${quote(path)}, p))`),
      ),
    ),
    ...["posix", "win32"].flatMap((namespace) =>
      JUNK.flatMap((junk) =>
        ["normalize", "join", "relative", "parse", "format"].map(
          (name) => `path.${namespace}.${name}(${junk})`,
        ),
      ),
    ),
    ...JUNK.map((junk) => `path.resolve("a", ${junk}, "b")`),
    ...JUNK.map((junk) => `path.basename("a", ${junk})`),
    ...JUNK.map((junk) => `path.toNamespacedPath(${junk})`),
    "path.relative('a', 1)",
    "path.join('a', 'b', 1)",
    "path.join()",
    "path.resolve()",
    "path.win32.resolve()",
    "path.win32.join(...Array(40).fill('a'))",
    "path.format({ dir: '/a', base: 'b' })",
    "path.format({ root: '/', name: 'b', ext: 'txt' })",
    "path.win32.format({ dir: 'C:\\\\a', name: 'b', ext: '.txt' })",
    "path.format(new (class { dir = 'a'; base = 'b' })())",
    "['a/b.js', 'a/.b', 'b.js', 'a/b/c.js'].map((p) => path.matchesGlob(p, 'a/*.js'))",
    "['a/b.js', 'a/b/c.js'].map((p) => path.matchesGlob(p, '**/*.js'))",
    "path.posix.matchesGlob('A.TXT', '*.txt')",
    "path.win32.matchesGlob('a\\\\b.txt', 'a\\\\*.txt')",
    "path.matchesGlob(1, '*')",
    "path.matchesGlob('a', {})",
    "[path.sep, path.delimiter, path.posix.sep, path.posix.delimiter, path.win32.sep, path.win32.delimiter]",
    "[path.posix === path.posix.posix, path.win32 === path.posix.win32, path === path.posix || path === path.win32]",
    "['resolve', 'join', 'parse'].map((name) => path[name].name)",
  ],
};
