// @ts-check
/**
 * What the product is measured against: a worker thread that loads quickjs-emscripten as its README shows and makes one
 * context, nothing else.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { parentPort, workerData } from "node:worker_threads";
import variant from "@jitl/quickjs-wasmfile-release-sync";
import { newQuickJSWASMModuleFromVariant } from "quickjs-emscripten-core";

const quickjs = await newQuickJSWASMModuleFromVariant(variant);
const context = quickjs.newContext();

/** @param {string} name @param {Parameters<typeof context.newFunction>[1]} body */
function offer(name, body) {
  context.newFunction(name, body).consume((handle) => context.setProp(context.global, name, handle));
}

if (workerData?.hostFunctions === true) {
  offer("existsSync", (path) => (existsSync(context.getString(path)) ? context.true : context.false));
  offer("readText", (path) => context.newString(readFileSync(context.getString(path), "utf8")));
  offer("writeText", (path, text) => {
    writeFileSync(context.getString(path), context.getString(text));
    return context.undefined;
  });
  offer("readBytes", (path) => {
    const bytes = readFileSync(context.getString(path));
    return context.newArrayBuffer(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
  });
  offer("writeBytes", (path, bytes) => {
    writeFileSync(context.getString(path), context.getArrayBuffer(bytes).value);
    return context.undefined;
  });
}

/** @param {string} source */
function evaluate(source) {
  const result = context.evalCode(source, "bench.js", { type: "global" });
  if (result.error) {
    const error = context.dump(result.error);
    result.error.dispose();
    return { error: String(error?.message ?? error) };
  }
  const value = context.dump(result.value);
  result.value.dispose();
  return { value };
}

if (parentPort === null) throw new Error("This file runs in a worker thread.");
const port = parentPort;
port.on("message", (/** @type {string} */ source) => port.postMessage(evaluate(source)));
port.postMessage("ready");
