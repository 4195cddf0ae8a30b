import type { QuickJSContext, QuickJSHandle, VmCallResult } from "quickjs-emscripten-core";

const OBJECT = `(() => {
  const transfer = ArrayBuffer.prototype.transfer;
  const { call } = Function.prototype;
  const $262 = {
    global: globalThis,
    detachArrayBuffer(buffer) { Reflect.apply(transfer, buffer, []); return null; },
    gc() { throw new Error("The garbage collector cannot be called."); },
  };
  Object.defineProperty(globalThis, "$262", { value: $262, writable: true, enumerable: false, configurable: true });
  return $262;
})()`;

/** The names under which a script is run in global scope, and what the tests print. */
export interface Test262Host {
  /** The text that `$262.runTest()` runs. */
  readonly test: () => { readonly source: string; readonly path: string };
  readonly print: (text: string) => void;
  /** How a function of the host throws a value of the realm: what it returns then, unless it throws. */
  readonly fail: (result: VmCallResult<QuickJSHandle>, thrown: QuickJSHandle) => VmCallResult<QuickJSHandle>;
}

/**
 * Puts `$262` and `print` into a realm, the same way on both sides. The handles are kept on purpose: the functions must
 * outlive every test.
 */
export function installTest262(context: QuickJSContext, host: Test262Host): void {
  const object = context.unwrapResult(context.evalCode(OBJECT, "$262.js"));
  const evaluate = (source: string, path: string): QuickJSHandle | VmCallResult<QuickJSHandle> => {
    const result = context.evalCode(source, path, { type: "global" });
    return result.error === undefined ? result.value : host.fail(result, result.error);
  };
  const define = (
    target: QuickJSHandle,
    name: string,
    run: (...args: QuickJSHandle[]) => QuickJSHandle | VmCallResult<QuickJSHandle>,
  ): void => {
    context.defineProp(target, name, {
      value: context.newFunction(name, run),
      configurable: true,
      enumerable: false,
    });
  };
  define(object, "evalScript", (source) =>
    evaluate(source === undefined ? "" : context.getString(source), "evalScript.js"),
  );
  define(object, "runTest", () => {
    const { source, path } = host.test();
    const result = evaluate(source, path);
    if ("error" in result) return result;
    // What a script evaluates to is none of the test's business; a promise would be waited for.
    if ("dispose" in result) result.dispose();
    return context.undefined;
  });
  define(object, "createRealm", () => {
    const inner = context.runtime.newContext();
    installTest262(inner, host);
    return inner.getProp(inner.global, "$262");
  });
  define(context.global, "print", (value) => {
    host.print(value === undefined ? "undefined" : context.getString(value));
    return context.undefined;
  });
}

/** Name of the constructor of something thrown, and its message, as text. */
export function describeThrown(
  context: QuickJSContext,
  thrown: QuickJSHandle,
): { type: string; message: string } {
  const text = (value: QuickJSHandle): string =>
    context.typeof(value) === "string" ? context.getString(value) : context.typeof(value);
  const kind = context.typeof(thrown);
  if (kind !== "object" && kind !== "function") return { type: kind, message: text(thrown) };
  const builder = context.getProp(thrown, "constructor");
  const name = context.getProp(builder, "name");
  const message = context.getProp(thrown, "message");
  const described = { type: text(name), message: text(message) };
  for (const handle of [builder, name, message]) handle.dispose();
  return described;
}
