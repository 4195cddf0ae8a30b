import type { MemberDoc } from "../../../shared/model/module";

interface CallDoc {
  readonly name: string;
  /** Parameters with their types, as in a signature. */
  readonly takes: string;
  readonly gives: string;
  readonly summary: string;
  readonly params: MemberDoc["params"];
  readonly returns: string;
  readonly errors: MemberDoc["errors"];
  /** Example with `CALL(` where the call is made: filled in with the synchronous or the awaited form. */
  readonly example: string;
}

const denied = {
  code: "PERMISSION_DENIED",
  when: "the path leads outside the granted roots, or is written to where only reading is granted",
};
const missing = { code: "ENOENT", when: "nothing is there" };
const badArgument = { code: "ERR_INVALID_ARG_TYPE", when: "an argument has the wrong type" };
const path = {
  name: "path",
  doc: "Text, bytes in UTF-8 or a `file:` URL; relative paths count from the workspace.",
};

const calls: readonly CallDoc[] = [
  {
    name: "readFile",
    takes: "path: PathLike, options?: Encoding | ReadOptions",
    gives: "string | Bytes",
    summary: "Reads a whole file.",
    params: [
      path,
      { name: "options", doc: "An encoding, or `encoding`, `flag` and, for promises, `signal`." },
    ],
    returns: "Text when an encoding is given, bytes otherwise.",
    errors: [
      missing,
      { code: "EISDIR", when: "the path is a folder" },
      {
        code: "ERR_FS_FILE_TOO_LARGE",
        when: "the file is larger than the memory of the session (limits.memoryMb)",
      },
      denied,
      badArgument,
    ],
    example: `fs.writeFileSync("hello.txt", "Hello");
console.log(CALL("hello.txt", "utf8"));`,
  },
  {
    name: "writeFile",
    takes: "path: PathLike, data: Data, options?: Encoding | WriteOptions",
    gives: "void",
    summary: "Writes a file; replaces what it held.",
    params: [
      path,
      { name: "data", doc: "Text or bytes." },
      { name: "options", doc: "An encoding, or `encoding`, `mode`, `flag` and, for promises, `signal`." },
    ],
    returns: "Nothing.",
    errors: [
      { code: "ENOENT", when: "the folder is not there" },
      { code: "EEXIST", when: 'the flag is "wx" and the file is there' },
      denied,
      badArgument,
    ],
    example: `CALL("numbers.txt", "1\\n2\\n3\\n");
console.log(fs.readFileSync("numbers.txt", "utf8").split("\\n").length);`,
  },
  {
    name: "appendFile",
    takes: "path: PathLike, data: Data, options?: Encoding | WriteOptions",
    gives: "void",
    summary: "Adds to the end of a file; makes it when it is not there.",
    params: [
      path,
      { name: "data", doc: "Text or bytes." },
      { name: "options", doc: "An encoding, or `encoding`, `mode` and `flag`." },
    ],
    returns: "Nothing.",
    errors: [{ code: "ENOENT", when: "the folder is not there" }, denied, badArgument],
    example: `CALL("log.txt", "started\\n");
console.log(fs.readFileSync("log.txt", "utf8"));`,
  },
  {
    name: "exists",
    takes: "path: PathLike",
    gives: "boolean",
    summary: "Tells whether something is there. What the template does not grant is not there.",
    params: [path],
    returns: "Whether it is there.",
    errors: [],
    example: `console.log(CALL("no-such-file.txt")); // false`,
  },
  {
    name: "access",
    takes: "path: PathLike, mode?: number",
    gives: "void",
    summary: "Checks that something is there and may be used.",
    params: [
      path,
      { name: "mode", doc: "`fs.constants.F_OK` (default), or `R_OK`, `W_OK` and `X_OK` added up." },
    ],
    returns: "Nothing when it may be used.",
    errors: [
      missing,
      { code: "EACCES", when: "the operating system forbids it" },
      { code: "ERR_OUT_OF_RANGE", when: "mode is not 0 to 7" },
      denied,
      badArgument,
    ],
    example: `fs.writeFileSync("hello.txt", "Hello");
CALL("hello.txt", fs.constants.R_OK);
console.log("readable");`,
  },
  {
    name: "mkdir",
    takes: "path: PathLike, options?: number | string | MakeDirectoryOptions",
    gives: "string | undefined",
    summary: "Makes a folder.",
    params: [path, { name: "options", doc: "`recursive: true` makes the folders above too; `mode`." }],
    returns: "With `recursive`, the first folder that was made; undefined otherwise.",
    errors: [
      { code: "EEXIST", when: "it is there and `recursive` is not set" },
      { code: "ENOENT", when: "the folder above is not there" },
      denied,
      badArgument,
    ],
    example: `CALL("out/2024/may", { recursive: true });
console.log(fs.existsSync("out/2024/may"));`,
  },
  {
    name: "readdir",
    takes: "path: PathLike, options?: Encoding | ReaddirOptions",
    gives: "string[] | Dirent[]",
    summary: "Lists a folder, sorted by name.",
    params: [
      path,
      {
        name: "options",
        doc: "`withFileTypes` gives Dirent objects, `recursive` goes into folders (not through links), `encoding`.",
      },
    ],
    returns: "Names, or Dirent objects.",
    errors: [missing, { code: "ENOTDIR", when: "the path is not a folder" }, denied, badArgument],
    example: `fs.mkdirSync("out", { recursive: true });
fs.writeFileSync("out/a.txt", "a");
for (const entry of CALL("out", { withFileTypes: true })) {
  console.log(entry.name, entry.isFile());
}`,
  },
  {
    name: "stat",
    takes: "path: PathLike, options?: StatSyncOptions",
    gives: "Stats",
    summary: "Gives size, times and kind of what a path leads to; links are followed.",
    params: [
      path,
      {
        name: "options",
        doc: "`bigint` for bigint fields; `throwIfNoEntry: false` gives undefined when nothing is there.",
      },
    ],
    returns: "A Stats object.",
    errors: [missing, denied, badArgument],
    example: `fs.writeFileSync("hello.txt", "Hello");
const stats = CALL("hello.txt");
console.log(stats.size, stats.isFile(), stats.mtime instanceof Date);`,
  },
  {
    name: "lstat",
    takes: "path: PathLike, options?: StatSyncOptions",
    gives: "Stats",
    summary: "As `stat`, but tells about a link itself.",
    params: [path, { name: "options", doc: "As for `stat`." }],
    returns: "A Stats object.",
    errors: [missing, denied, badArgument],
    example: `fs.writeFileSync("hello.txt", "Hello");
const stats = CALL("hello.txt");
console.log(stats.isSymbolicLink()); // false`,
  },
  {
    name: "unlink",
    takes: "path: PathLike",
    gives: "void",
    summary: "Removes a file or a link.",
    params: [path],
    returns: "Nothing.",
    errors: [missing, { code: "EISDIR or EPERM", when: "it is a folder: use rm" }, denied, badArgument],
    example: `fs.writeFileSync("old.txt", "");
CALL("old.txt");
console.log(fs.existsSync("old.txt")); // false`,
  },
  {
    name: "rename",
    takes: "oldPath: PathLike, newPath: PathLike",
    gives: "void",
    summary: "Moves or renames a file or folder; a file that is in the way is replaced.",
    params: [
      { name: "oldPath", doc: "What to move." },
      { name: "newPath", doc: "Where to." },
    ],
    returns: "Nothing.",
    errors: [
      missing,
      { code: "ENOTEMPTY", when: "a folder with something in it is in the way" },
      denied,
      badArgument,
    ],
    example: `fs.writeFileSync("draft.txt", "text");
CALL("draft.txt", "final.txt");
console.log(fs.existsSync("draft.txt"), fs.existsSync("final.txt"));`,
  },
  {
    name: "copyFile",
    takes: "src: PathLike, dest: PathLike, mode?: number",
    gives: "void",
    summary: "Copies a file.",
    params: [
      { name: "src", doc: "File to copy." },
      { name: "dest", doc: "Path of the copy; replaced when it is there." },
      { name: "mode", doc: "`fs.constants.COPYFILE_EXCL`: fail when it is there." },
    ],
    returns: "Nothing.",
    errors: [
      missing,
      { code: "EEXIST", when: "the copy is there and mode is COPYFILE_EXCL" },
      { code: "EISDIR", when: "src is a folder" },
      denied,
      badArgument,
    ],
    example: `fs.writeFileSync("hello.txt", "Hello");
CALL("hello.txt", "copy.txt");
console.log(fs.readFileSync("copy.txt", "utf8"));`,
  },
  {
    name: "rm",
    takes: "path: PathLike, options?: RmOptions",
    gives: "void",
    summary: "Removes files, links and, with `recursive`, whole folders. Links are removed, not followed.",
    params: [
      path,
      { name: "options", doc: "`recursive` for folders; `force` is content when nothing is there." },
    ],
    returns: "Nothing.",
    errors: [
      missing,
      { code: "ERR_FS_EISDIR", when: "it is a folder and `recursive` is not set" },
      denied,
      badArgument,
    ],
    example: `fs.mkdirSync("out/old", { recursive: true });
CALL("out/old", { recursive: true, force: true });
console.log(fs.existsSync("out/old")); // false`,
  },
  {
    name: "mkdtemp",
    takes: "prefix: PathLike, options?: Encoding",
    gives: "string",
    summary: "Makes a folder with a new, random name.",
    params: [
      { name: "prefix", doc: "Path and start of the name; six characters are added." },
      { name: "options", doc: "Encoding of the name." },
    ],
    returns: "Path of the folder.",
    errors: [{ code: "ENOENT", when: "the folder above is not there" }, denied, badArgument],
    example: `const folder = CALL("work-");
console.log(folder.length); // 11`,
  },
];

const start = 'const fs = require("fs");\n';

function documented(call: CallDoc, form: "promise" | "sync"): MemberDoc {
  const name = form === "sync" ? `${call.name}Sync` : call.name;
  return {
    name,
    signature: `${name}(${call.takes}): ${form === "sync" ? call.gives : `Promise<${call.gives}>`}`,
    summary:
      form === "sync"
        ? call.summary
        : `${call.summary} Gives a promise, or calls back when the last argument is a function.`,
    params: call.params,
    returns: form === "sync" ? call.returns : `A promise. ${call.returns}`,
    errors: call.errors,
    example: start + call.example.replace("CALL(", form === "sync" ? `fs.${name}(` : `await fs.${name}(`),
  };
}

/** Docs of the members of `fs`. */
export const members: readonly MemberDoc[] = [
  ...calls.map((call) => documented(call, "promise")),
  ...calls.map((call) => documented(call, "sync")),
  {
    name: "promises",
    signature:
      "promises: { readFile, writeFile, appendFile, exists, access, mkdir, readdir, stat, lstat, unlink, rename, copyFile, rm, mkdtemp }",
    summary: "The same calls, always as promises.",
    params: [],
    returns: "An object with every call that has a promise form.",
    errors: [],
    example: `const { promises: fs } = require("fs");
await fs.writeFile("hello.txt", "Hello");
console.log(await fs.readFile("hello.txt", "utf8"));`,
  },
  {
    name: "constants",
    signature: "constants: { readonly [name: string]: number }",
    summary: "Numbers for modes and flags, as in Node.",
    params: [],
    returns: "An object with `F_OK`, `R_OK`, `W_OK`, `X_OK`, `COPYFILE_EXCL`, `O_CREAT` and the others.",
    errors: [],
    example: `${start}console.log(fs.constants.R_OK); // 4`,
  },
  {
    name: "Stats",
    signature: "class Stats",
    summary: "Class of what `stat` and `lstat` give.",
    params: [],
    returns: "Size, times (numbers and Date objects) and `isFile()`, `isDirectory()`, `isSymbolicLink()` …",
    errors: [],
    example: `${start}console.log(fs.statSync(".") instanceof fs.Stats); // true`,
  },
  {
    name: "Dirent",
    signature: "class Dirent",
    summary: "Class of what `readdir` gives with `withFileTypes`.",
    params: [],
    returns: "`name`, `parentPath` and `isFile()`, `isDirectory()`, `isSymbolicLink()` …",
    errors: [],
    example: `${start}fs.writeFileSync("hello.txt", "Hello");
const entries = fs.readdirSync(".", { withFileTypes: true });
console.log(entries.every((entry) => entry instanceof fs.Dirent)); // true`,
  },
];
