import type { MemberDoc } from "../../../shared/model/module";

const path = { name: "path", doc: "Path of the archive; relative paths count from the workspace." };
const common = [
  {
    code: "PERMISSION_DENIED",
    when: "a path is outside the granted roots, or is written to where only reading is granted",
  },
  { code: "ERR_INVALID_ARG_TYPE", when: "an argument has the wrong type" },
];
const opening = [
  { code: "ENOENT", when: "the archive is not there" },
  { code: "ZIP_INVALID", when: "it is no zip archive, or is damaged" },
  { code: "ZIP_UNSAFE_ENTRY", when: "an entry would leave its folder, or is a symbolic link" },
  { code: "ZIP_TOO_LARGE", when: "it holds more, or unpacks to more, than the template allows" },
  ...common,
];

/** Docs of the members of `zip`. */
export const members: readonly MemberDoc[] = [
  {
    name: "list",
    signature: "list(path: string): Promise<ZipEntry[]>",
    summary: "Lists what an archive holds.",
    params: [path],
    returns:
      "A promise of its entries, in their order: `name`, `isDirectory`, `size`, `compressedSize` and `modified`.",
    errors: opening,
    example: `const zip = require("zip");
await zip.create("list.zip", { "a.txt": "a", "b/c.txt": "c" });
console.log((await zip.list("list.zip")).map((entry) => entry.name)); // [ 'a.txt', 'b/c.txt' ]`,
  },
  {
    name: "read",
    signature:
      "read(path: string, entry: string, options?: Encoding | { encoding }): Promise<string | Bytes>",
    summary: "Reads one file of an archive without unpacking the others.",
    params: [
      path,
      { name: "entry", doc: "Name of the entry, as `list` gives it." },
      { name: "options", doc: "An encoding, or an object with one." },
    ],
    returns: "A promise of text when an encoding is given, of bytes otherwise.",
    errors: [
      { code: "ZIP_ENTRY_NOT_FOUND", when: "the archive holds no file of this name" },
      { code: "ZIP_ENCRYPTED", when: "the entry is encrypted" },
      ...opening,
    ],
    example: `const zip = require("zip");
await zip.create("read.zip", { "a.txt": "hello" });
console.log(await zip.read("read.zip", "a.txt", "utf8")); // hello`,
  },
  {
    name: "create",
    signature:
      "create(path: string, entries: NewEntry[] | Record<string, string | Uint8Array>, options?: CreateOptions): Promise<{ entries: number; bytes: number }>",
    summary: "Makes an archive.",
    params: [
      path,
      {
        name: "entries",
        doc: "An object of names and contents, or a list of `{ name, data }` and `{ name, file }`.",
      },
      { name: "options", doc: "`compress` (default true) and `overwrite` (default true)." },
    ],
    returns: "A promise of the number of entries and the size of the archive.",
    errors: [
      { code: "EEXIST", when: "the archive is there and `overwrite` is false" },
      { code: "ENOENT", when: "a `file` is not there" },
      { code: "ZIP_UNSAFE_ENTRY", when: "a name is absolute or holds `..`" },
      { code: "ZIP_TOO_LARGE", when: "the template does not allow that much" },
      ...common,
    ],
    example: `const zip = require("zip");
const made = await zip.create("made.zip", [
  { name: "notes.txt", data: "some text" },
  { name: "empty/" },
]);
console.log(made.entries); // 2`,
  },
  {
    name: "extract",
    signature: "extract(path: string, folder: string, options?: ExtractOptions): Promise<string[]>",
    summary:
      "Unpacks an archive into a folder. The whole archive is checked before the first file is written.",
    params: [
      path,
      { name: "folder", doc: "Where to; made when it is not there." },
      { name: "options", doc: "`overwrite` (default false)." },
    ],
    returns: "A promise of the paths of the files that were written.",
    errors: [
      { code: "EEXIST", when: "a file is there and `overwrite` is not set" },
      { code: "ZIP_ENCRYPTED", when: "an entry is encrypted" },
      ...opening,
    ],
    example: `const zip = require("zip");
await zip.create("packed.zip", { "a.txt": "a" });
console.log(await zip.extract("packed.zip", "unpacked-example", { overwrite: true })); // [ 'unpacked-example/a.txt' ]`,
  },
];
