// @ts-check
// What a bare Electron runs when it is started with the path of an application: the fallback runtime comes without
// one. It does what the stock one does for `electron <path>` and nothing else.
import { app } from "electron";
import { readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";

const { preloads, target } = parse(process.argv.slice(1));
// Tools that drive the application preload a script to hook in before it starts.
for (const preload of preloads) createRequire(path.resolve("preload.cjs"))(path.resolve(preload));

if (target === undefined) {
  console.error("Usage: electron <path of an application>");
  app.exit(2);
} else {
  await start(path.resolve(target));
}

/** @param {string} folderOrFile */
async function start(folderOrFile) {
  Object.assign(process, { defaultApp: true });
  const isFolder = statSync(folderOrFile).isDirectory();
  const folder = isFolder ? folderOrFile : path.dirname(folderOrFile);
  const manifest = isFolder ? JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8")) : {};
  if (manifest.productName ?? manifest.name) app.name = manifest.productName ?? manifest.name;
  // Electron has the method and does not document it.
  if (manifest.version) /** @type {any} */ (app).setVersion(manifest.version);
  /** @type {any} */ (app).setAppPath(folder);
  const entry = isFolder ? path.join(folder, manifest.main ?? "index.js") : folderOrFile;
  // Awaited at the top level: Electron holds back "ready" until the application's own top level has run.
  await import(pathToFileURL(entry).href);
}

/** @param {string[]} args */
function parse(args) {
  const preloads = [];
  for (let at = 0; at < args.length; at++) {
    const arg = args[at] ?? "";
    if (arg === "-r" || arg === "--require") preloads.push(args[++at] ?? "");
    else if (!arg.startsWith("-")) return { preloads, target: arg };
  }
  return { preloads, target: undefined };
}
