// @ts-check
/**
 * What the product is measured against: a worker thread that loads quickjs-emscripten as its README shows and makes one
 * context, nothing else.
 */
import { closeSync, existsSync, openSync, readFileSync, readlinkSync, writeFileSync } from "node:fs";
import { parentPort, workerData } from "node:worker_threads";
import variant from "@jitl/quickjs-wasmfile-release-sync";
import { newQuickJSWASMModuleFromVariant } from "quickjs-emscripten-core";

const quickjs = await newQuickJSWASMModuleFromVariant(variant);
const context = quickjs.newContext();

/** @param {string} name @param {Parameters<typeof context.newFunction>[1]} body */
function offer(name, body) {
  context.newFunction(name, body).consume((handle) => context.setProp(context.global, name, handle));
}

/**
 * What the product's own `existsSync` finds out, and nothing besides: whether something is there, and whether it is inside
 * the folder whatever links are on the way. Linux only.
 * @param {string} path @param {string} folder
 */
function existsInside(path, folder) {
  const O_PATH = 0o10000000;
  let descriptor;
  try {
    descriptor = openSync(path, O_PATH);
    return readlinkSync(`/proc/${process.pid}/fd/${descriptor}`).startsWith(`${folder}/`);
  } catch {
    return false;
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

if (workerData?.hostFunctions === true) {
  offer("existsInside", (path, folder) =>
    existsInside(context.getString(path), context.getString(folder)) ? context.true : context.false,
  );
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
