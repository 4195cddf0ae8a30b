import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Sqlite3Static } from "@sqlite.org/sqlite-wasm";
import { assetPath } from "../../../core/assets";

export type { Sqlite3Static };

let loading: Promise<Sqlite3Static> | undefined;
let library: Sqlite3Static | undefined;

/** Where the build put the WebAssembly file; next to the package when nothing was built. */
function wasmFile(): string {
  const built = assetPath("main", "sqlite3.wasm");
  return existsSync(built)
    ? built
    : createRequire(import.meta.url).resolve("@sqlite.org/sqlite-wasm/sqlite3.wasm");
}

/** Loads SQLite's WebAssembly build into this thread, once (about 30 ms). */
export async function loadSqlite(): Promise<void> {
  loading ??= start();
  library = await loading;
}

async function start(): Promise<Sqlite3Static> {
  // Half a megabyte of code that most sessions never need.
  const { default: init } = await import("@sqlite.org/sqlite-wasm");
  const quiet = (): void => undefined;
  // The library reports errors to its caller; what it prints besides would end up in the application's own output.
  Object.assign(globalThis, { sqlite3ApiConfig: { debug: quiet, log: quiet, warn: quiet, error: quiet } });
  const wasmBinary = readFileSync(wasmFile());
  // The published types leave out the parameter, which is Emscripten's usual one.
  const initialize = init as (settings: object) => Promise<Sqlite3Static>;
  return initialize({ wasmBinary, print: quiet, printErr: quiet });
}

/** The library; throws when `loadSqlite` has not finished. */
export function sqlite(): Sqlite3Static {
  if (library === undefined) throw new Error("SQLite has not been loaded.");
  return library;
}
