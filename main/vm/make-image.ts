import { readFile } from "node:fs/promises";
import { limitsSchema } from "../../shared/model/template";
import { assetPath } from "../core/assets";
import { imageKey } from "./engine/compile";
import { writeImage } from "./engine/engine-image";
import { createQuickJSEngine, takeImage } from "./engine/quickjs-engine";
import { prepareBinary } from "./engine/wasm-binary";
import { evaluatePrelude } from "./host/guest";

/**
 * Evaluates the built prelude in the built engine and gives the file from which every session begins. It depends on
 * nothing else: made twice it is the same, whatever the time, the time zone and the machine.
 */
export async function makeImageFile(): Promise<Uint8Array> {
  const [binary, prelude] = await Promise.all([
    readFile(assetPath("main", "quickjs.wasm")),
    readFile(assetPath("guest", "prelude.js")),
  ]);
  const compiled = { wasmModule: await WebAssembly.compile(prepareBinary(binary)), image: undefined };
  // Every engine sets its own limits; these only have to suffice for the prelude.
  const engine = await createQuickJSEngine({ ...limitsSchema.parse({}), compiled });
  const image = await takeImage(engine, evaluatePrelude(engine), compiled);
  return writeImage(image, await imageKey(binary, prelude));
}
