import type { GuestFactory } from "../../vm/guest/bridge";
import { createDeepEqual } from "./guest/deep-equal";
import {
  callbackify,
  createDeprecate,
  inherits,
  promisify,
  stripVTControlCharacters,
} from "./guest/functions";
import { createTypes } from "./guest/types";
import { validateObject } from "../guest/node-errors";

declare const globalThis: { readonly TextEncoder: unknown; readonly TextDecoder: unknown };
declare const console: { warn(text: string): void };

const factory: GuestFactory = ({ values }) => {
  const types = createTypes(values.view);
  const deepEqual = createDeepEqual(types);
  const defaultOptions: Record<string, unknown> = {
    showHidden: false,
    depth: 2,
    colors: false,
    customInspect: true,
    showProxy: false,
    maxArrayLength: 100,
    maxStringLength: 10000,
    breakLength: 80,
    compact: 3,
    sorted: false,
    getters: false,
    numericSeparator: false,
  };

  function inspect(value: unknown, options?: unknown, ...legacy: unknown[]): string {
    if (typeof options === "object" && options !== null)
      return values.inspect(value, { ...defaultOptions, ...options });
    // The old form: inspect(value, showHidden, depth, colors).
    const [depth, colors] = legacy;
    return values.inspect(value, {
      ...defaultOptions,
      ...(options === undefined ? {} : { showHidden: options }),
      ...(depth === undefined ? {} : { depth }),
      ...(colors === undefined ? {} : { colors }),
    });
  }
  Object.defineProperty(inspect, "defaultOptions", {
    enumerable: true,
    get: () => defaultOptions,
    set(options: unknown) {
      validateObject(options, "options");
      Object.assign(defaultOptions, options);
    },
  });
  inspect.custom = Symbol.for("nodejs.util.inspect.custom");

  return {
    inspect,
    format: (...args: unknown[]): string => values.format(args),
    formatWithOptions(options: unknown, ...args: unknown[]): string {
      validateObject(options, "inspectOptions");
      return values.format(args, options);
    },
    promisify,
    callbackify,
    inherits,
    deprecate: createDeprecate((text) => console.warn(text)),
    types,
    isDeepStrictEqual: (a: unknown, b: unknown): boolean => deepEqual(a, b),
    stripVTControlCharacters,
    toUSVString: (text: unknown): string =>
      (String(text) as string & { toWellFormed(): string }).toWellFormed(),
    TextEncoder: globalThis.TextEncoder,
    TextDecoder: globalThis.TextDecoder,
  };
};
export default factory;
