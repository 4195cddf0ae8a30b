import variant from "@jitl/quickjs-wasmfile-release-sync";
import { newQuickJSWASMModuleFromVariant } from "quickjs-emscripten";
import { expect, test } from "vitest";
import { builtinName, builtinNames, ENGINE_LACKS, engineHas } from "./builtins";
import { hostGlobalNames } from "./globals";

async function engineGlobals(): Promise<string[]> {
  const engine = await newQuickJSWASMModuleFromVariant(variant);
  using context = engine.newContext();
  using result = context.unwrapResult(context.evalCode("Object.getOwnPropertyNames(globalThis)"));
  const names: unknown = context.dump(result);
  return Array.isArray(names) ? names.map(String) : [];
}

test("every global of the engine is a built-in, in any spelling", async () => {
  for (const name of await engineGlobals()) {
    expect(builtinName(name), name).toBeDefined();
    expect(builtinName(` ${name.toUpperCase()} `), name).toBeDefined();
  }
});

test("only what the engine lacks is said to be lacking", async () => {
  const inEngine = new Set([...(await engineGlobals()), ...hostGlobalNames()]);
  expect(builtinNames().filter((name) => engineHas(name) && !inEngine.has(name))).toEqual([]);
  expect(ENGINE_LACKS.filter((name) => inEngine.has(name))).toEqual([]);
});

test("the host's globals are those that the editor's typings declare", () => {
  expect(hostGlobalNames()).toEqual(
    expect.arrayContaining([
      "console",
      "setTimeout",
      "queueMicrotask",
      "URL",
      "AbortController",
      "performance",
      "atob",
    ]),
  );
  expect(hostGlobalNames()).not.toEqual(expect.arrayContaining(["process"]));
});
