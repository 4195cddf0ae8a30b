// @ts-check
import { existsSync, readdirSync } from "node:fs";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { build } from "esbuild";
import { dist, root } from "./paths.mjs";
import { withoutTemplateLiterals } from "./template-literals.mjs";

const TEXT = "__text";

/**
 * Bundles what runs inside QuickJS: the prelude, and the guest half of every native module. Each file is one expression
 * that evaluates to its default export and leaves no global behind: `(() => { … return factory; })()`.
 */
export async function buildGuest() {
  const modules = join(root, "main", "modules");
  const entryPoints = readdirSync(modules, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(modules, entry.name, "guest.ts")))
    .map((entry) => ({ in: join(modules, entry.name, "guest.ts"), out: `modules/${entry.name}` }));
  entryPoints.push({ in: join(root, "main", "vm", "guest", "prelude.ts"), out: "prelude" });
  const { outputFiles } = await build({
    entryPoints,
    outdir: join(dist, "guest"),
    write: false,
    bundle: true,
    format: "iife",
    globalName: "__guest",
    // `text` is captured before any user code runs; see withoutTemplateLiterals.
    banner: { js: `(() => {const ${TEXT} = String;` },
    footer: { js: "return __guest.default; })()" },
    platform: "neutral",
    mainFields: ["module", "main"],
    conditions: ["import", "default"],
    target: "es2023",
    // There is no process inside the VM: packages that look for one find none.
    define: { process: "undefined" },
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: "none",
    logLevel: "warning",
  });
  for (const file of outputFiles) {
    await writeChanged(file.path, Buffer.from(withoutTemplateLiterals(file.text, TEXT)));
  }
  await removeStale(
    join(dist, "guest", "modules"),
    new Set(entryPoints.map((entry) => `${basename(entry.out)}.js`)),
  );
}

/**
 * Replaces a file in one step, and only when its content is another: a running test or application may be reading it.
 * @param {string} path
 * @param {Buffer} contents
 */
async function writeChanged(path, contents) {
  const old = await readFile(path).catch(() => undefined);
  if (old?.equals(contents)) return;
  await mkdir(dirname(path), { recursive: true });
  const next = `${path}.${process.pid}.next`;
  await writeFile(next, contents);
  await rename(next, path);
}

/**
 * @param {string} folder
 * @param {ReadonlySet<string>} wanted
 */
async function removeStale(folder, wanted) {
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) {
    if (name.endsWith(".js") && !wanted.has(name)) await rm(join(folder, name), { force: true });
  }
}
