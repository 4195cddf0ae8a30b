import { readFile } from "node:fs/promises";
import { assetPath } from "../../core/assets";
import { readImage, type EngineImage } from "./engine-image";
import { prepareBinary } from "./wasm-binary";

/** What all engines of a process are made from. It can be posted to worker threads, which then share it. */
export interface CompiledEngine {
  readonly wasmModule: WebAssembly.Module;
  /** Absent when none was built for exactly this engine and prelude: then every engine evaluates the prelude. */
  readonly image: EngineImage | undefined;
}

let compiled: Promise<CompiledEngine> | undefined;

/** The engine's WebAssembly module and the image of its memory, compiled and read once per process. */
export function compileEngine(): Promise<CompiledEngine> {
  compiled ??= compile();
  return compiled;
}

async function compile(): Promise<CompiledEngine> {
  const binary = await readFile(assetPath("main", "quickjs.wasm"));
  const [wasmModule, image] = await Promise.all([
    WebAssembly.compile(prepareBinary(binary)),
    findImage(binary),
  ]);
  return { wasmModule, image };
}

async function findImage(binary: Uint8Array): Promise<EngineImage | undefined> {
  try {
    const [prelude, file] = await Promise.all([
      readFile(assetPath("guest", "prelude.js")),
      readFile(assetPath("main", "engine.image")),
    ]);
    return readImage(file, await imageKey(binary, prelude));
  } catch {
    // Not built.
    return undefined;
  }
}

/** Raised when engines begin to treat an image in another way. */
const IMAGE_VERSION = "1";

/** Names the engine and the prelude that an image belongs to. */
export async function imageKey(binary: Uint8Array, prelude: Uint8Array): Promise<string> {
  // Loaded here because session hosts, which get the image from their supervisor, never come here.
  const { createHash } = await import("node:crypto");
  return createHash("sha256").update(IMAGE_VERSION).update(binary).update(prelude).digest("hex");
}
