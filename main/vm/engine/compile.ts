import { readFile } from "node:fs/promises";
import { assetPath } from "../../core/assets";
import { exportTable } from "./wasm-exports";

let compiled: Promise<WebAssembly.Module> | undefined;

/**
 * The engine's WebAssembly module, compiled once per process. It can be posted to worker threads, which then skip the
 * compilation.
 */
export function compileEngine(): Promise<WebAssembly.Module> {
  compiled ??= readFile(assetPath("main", "quickjs.wasm")).then((binary) =>
    WebAssembly.compile(exportTable(binary)),
  );
  return compiled;
}
