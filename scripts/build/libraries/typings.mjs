// @ts-check
import { join, relative } from "node:path";
import ts from "typescript";
import { root } from "../paths.mjs";

/** Typings of Node itself: the VM has its own, and packages get along without. */
const NOT_WANTED = /^node_modules\/(@types\/node|undici-types)\//;

/** @type {ts.CompilerOptions} */
const options = {
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  target: ts.ScriptTarget.ES2022,
  types: [],
  noLib: true,
  customConditions: ["require"],
};

/**
 * The declaration files that TypeScript reads for a library, for an editor that has no disk: the tree as it lies in
 * node_modules, with an `index.d.ts` at each package's root that leads to its entry, and its global if it has one.
 * @param {import("../library-bundles.mjs").Library} library
 */
export function collectTypings(library) {
  const names = [library.main, ...library.subpaths.map((path) => `${library.id}/${path}`)];
  const probe = join(root, "library-typings-probe.ts");
  const host = ts.createCompilerHost(options);
  const { fileExists, getSourceFile } = host;
  host.fileExists = (path) => path === probe || fileExists(path);
  host.getSourceFile = (path, target, ...rest) =>
    path === probe
      ? ts.createSourceFile(path, names.map((name) => `import ${JSON.stringify(name)};`).join("\n"), target)
      : getSourceFile(path, target, ...rest);
  const program = ts.createProgram([probe], options, host);
  const sources = program
    .getSourceFiles()
    .map((file) => ({ path: relative(root, file.fileName).replaceAll("\\", "/"), content: file.text }))
    .filter(({ path }) => path.startsWith("node_modules/") && !NOT_WANTED.test(path));
  const files = [...sources];
  const packages = [...new Set(sources.map(({ path }) => packageOf(path)))];
  for (const name of new Set([library.id, ...names, ...packages])) {
    if (name.startsWith("@types/")) continue;
    const entry = name === library.id ? library.main : name;
    const resolved = ts.resolveModuleName(entry, probe, options, host).resolvedModule?.resolvedFileName;
    if (resolved === undefined) continue;
    files.push(...leadTo(relative(root, resolved).replaceAll("\\", "/"), name, files));
  }
  if (library.global !== undefined) files.push(globalTypings(library.id, library.global));
  return { files, inputs: packages.map((name) => join(root, "node_modules", name, "package.json")) };
}

/**
 * A file under the name that a script imports, for an entry that lies elsewhere (`dist/`, `.d.cts`).
 * @param {string} path @param {string} name @param {readonly { path: string }[]} files
 */
function leadTo(path, name, files) {
  const own = `node_modules/${name}/index.d.ts`;
  const findable = [
    own,
    `node_modules/${name}.d.ts`,
    `node_modules/@types/${name}/index.d.ts`,
    `node_modules/@types/${name}.d.ts`,
  ];
  if (files.some((file) => findable.includes(file.path))) return [];
  const up = name
    .split("/")
    .map(() => "..")
    .join("/");
  const specifier = JSON.stringify(
    `${up}/${path
      .slice("node_modules/".length)
      .replace(/\.d\.ts$/, "")
      .replace(/\.d\.([cm])ts$/, ".$1js")}`,
  );
  const text = ts.sys.readFile(join(root, path)) ?? "";
  if (/^export =/m.test(text))
    return [{ path: own, content: `import library = require(${specifier});\nexport = library;\n` }];
  const content = `export * from ${specifier};\n`;
  return [
    {
      path: own,
      content: /export default|as default/.test(text)
        ? `${content}export { default } from ${specifier};\n`
        : content,
    },
  ];
}

/** @param {string} path */
function packageOf(path) {
  return /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? "";
}

/** @param {string} id @param {string} name */
function globalTypings(id, name) {
  return {
    path: `node_modules/@vm-workbench/globals/${id}.d.ts`,
    content: `declare global {\n  /** The library ${id}. */\n  const ${name}: typeof import(${JSON.stringify(id)});\n}\nexport {};\n`,
  };
}
