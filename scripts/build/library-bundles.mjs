// @ts-check
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fingerprint, isFresh } from "./libraries/stamp.mjs";
import { dist, root } from "./paths.mjs";

/**
 * @typedef {object} Library
 * @property {string} id Name of the package and of its folder in main/libraries.
 * @property {string} folder That folder.
 * @property {string} entry What is bundled: a specifier, or the folder's `entry.js`.
 * @property {string} main The specifier whose typings describe it.
 * @property {string | undefined} global Customary global name.
 * @property {string[]} subpaths Further entry points, such as `plugin/utc`.
 * @property {{ version: string, license: string, description: string, homepage?: string }} manifest
 */

const source = join(root, "main", "libraries");
const target = join(dist, "libraries");

/** Every folder of main/libraries that holds a `library.json`, with what the package says about itself. */
function readLibraries() {
  return readdirSync(source, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(source, entry.name, "library.json")))
    .map((entry) => readLibrary(entry.name));
}

/** @param {string} id @returns {Library} */
function readLibrary(id) {
  const folder = join(source, id);
  const own = JSON.parse(readFileSync(join(folder, "library.json"), "utf8"));
  const packageRoot = join(root, "node_modules", id);
  const manifest = JSON.parse(readFileSync(join(packageRoot, "package.json"), "utf8"));
  const main = own.entry ?? id;
  return {
    id,
    folder,
    main,
    entry: existsSync(join(folder, "entry.js")) ? join(folder, "entry.js") : main,
    global: own.global,
    subpaths: (own.subpaths ?? []).flatMap((/** @type {string} */ path) => expand(packageRoot, path)),
    manifest,
  };
}

/** `plugin/*` is every script of that folder of the package. @param {string} packageRoot @param {string} path */
function expand(packageRoot, path) {
  if (!path.endsWith("/*")) return [path];
  const folder = path.slice(0, -2);
  return readdirSync(join(packageRoot, folder))
    .filter((name) => name.endsWith(".js") && name !== "index.js")
    .map((name) => `${folder}/${name.slice(0, -3)}`);
}

/** @param {string} path @param {string} text */
async function writeWhole(path, text) {
  const temporary = `${path}.${process.pid}.tmp`;
  await mkdir(join(path, ".."), { recursive: true });
  await writeFile(temporary, text);
  await rename(temporary, path);
}

/** @param {Library} library */
async function build(library) {
  // Loading a bundler and a compiler costs half a second: only when something is built.
  const { bundleCode } = await import("./libraries/code.mjs");
  const { collectMembers } = await import("./libraries/members.mjs");
  const { collectTypings } = await import("./libraries/typings.mjs");
  const { code, subpaths, inputs: codeInputs, licenses } = await bundleCode(library);
  const { files, inputs: typingsInputs } = collectTypings(library);
  await writeWhole(join(target, `${library.id}.js`), code);
  for (const { path, code } of subpaths) await writeWhole(join(target, library.id, `${path}.js`), code);
  await writeWhole(join(target, `${library.id}.typings.json`), JSON.stringify(files));
  await writeWhole(join(target, `${library.id}.members.json`), JSON.stringify(collectMembers(library)));
  await writeWhole(join(target, `${library.id}.LICENSE.txt`), licenses);
  const { version, license, description, homepage } = library.manifest;
  const descriptor = {
    id: library.id,
    version,
    license,
    summary: description,
    ...(homepage === undefined ? {} : { homepage }),
    ...(library.global === undefined ? {} : { global: library.global }),
    bytes: Buffer.byteLength(code),
    example: readFileSync(join(library.folder, "example.js"), "utf8").trimEnd(),
    subpaths: library.subpaths,
  };
  const own = readdirSync(library.folder)
    .filter((name) => !name.includes(".test."))
    .map((name) => join(library.folder, name));
  const stamp = { inputs: fingerprint([...own, ...codeInputs, ...typingsInputs]), descriptor };
  await writeWhole(join(target, `${library.id}.stamp.json`), JSON.stringify(stamp));
  return descriptor;
}

/**
 * Bundles every library of the catalogue into dist/libraries: `<id>.js` (body of a CommonJS module), its typings as
 * files, its licence texts, and one `catalogue.json`. A library whose package, folder and build script are what they
 * were is left alone.
 */
export async function bundleLibraries() {
  await mkdir(target, { recursive: true });
  const libraries = readLibraries();
  const descriptors = [];
  for (const library of libraries) descriptors.push(isFresh(target, library.id) ?? (await build(library)));
  const catalogue = JSON.stringify(descriptors, null, 2);
  const file = join(target, "catalogue.json");
  if (!existsSync(file) || readFileSync(file, "utf8") !== catalogue) await writeWhole(file, catalogue);
  const known = new Set(libraries.map(({ id }) => id));
  for (const name of readdirSync(target)) {
    const id = /^(.+)\.stamp\.json$/.exec(name)?.[1];
    if (id === undefined || known.has(id)) continue;
    for (const ending of [".js", ".typings.json", ".members.json", ".LICENSE.txt", ".stamp.json", ""]) {
      await rm(join(target, id + ending), { recursive: true, force: true });
    }
  }
}
