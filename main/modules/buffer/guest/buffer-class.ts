import { invalidArgType } from "../../guest/node-errors";
import { bufferOf, FastBuffer } from "./bytes";
import { createMakers } from "./creation";
import type { Codec } from "./encodings";
import { createMethods } from "./methods";
import { numberMethods } from "./numbers";
import { createStatics } from "./statics";

const customInspect = Symbol.for("nodejs.util.inspect.custom");

/**
 * Makes the class `Buffer`: a `Uint8Array` whose texts come from the codec. No package is used because none on npm has
 * Node's argument checks, error codes and `base64url`; those are what a differential test compares.
 */
export function createBufferClass(codec: Codec) {
  const makers = createMakers(codec);
  const methods = createMethods(codec);

  // Node's Buffer is a function: the old `Buffer(5)` and `new Buffer("text")` still work.
  function Buffer(value: unknown, second?: unknown, third?: unknown): FastBuffer {
    if (typeof value !== "number") return makers.from(value, second, third);
    if (typeof second === "string") throw invalidArgType("string", "of type string", value);
    return makers.alloc(value);
  }

  // A bundler may have renamed the function.
  Object.defineProperty(Buffer, "name", { value: "Buffer" });
  Object.setPrototypeOf(Buffer, Uint8Array);
  Object.assign(Buffer, createStatics(codec, makers));
  Object.defineProperty(Buffer, Symbol.species, { get: () => FastBuffer, configurable: true });
  Object.defineProperty(Buffer, "prototype", { value: FastBuffer.prototype });
  const prototype = {
    constructor: Buffer,
    ...numberMethods,
    ...methods,
    toLocaleString: methods.toString,
  };
  for (const [name, value] of [...Object.entries(prototype), [customInspect, methods.inspect] as const]) {
    Object.defineProperty(FastBuffer.prototype, name, {
      value,
      writable: true,
      configurable: true,
      enumerable: false,
    });
  }
  Object.defineProperties(FastBuffer.prototype, {
    parent: { configurable: true, get: (() => undefined) as () => unknown },
  });
  return { Buffer, bufferOf };
}
