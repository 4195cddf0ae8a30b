import { invalidArgType, validateString } from "../../guest/node-errors";

type AnyFunction = (this: unknown, ...args: unknown[]) => unknown;

const custom = Symbol.for("nodejs.util.promisify.custom");

function checkFunction(value: unknown, name: string): asserts value is AnyFunction {
  if (typeof value !== "function") throw invalidArgType(name, "of type function", value);
}

/** `util.promisify`: a function whose last argument is `(error, value)` becomes one that gives a promise. */
export function promisify(original: unknown): AnyFunction {
  checkFunction(original, "original");
  const own = (original as { [custom]?: unknown })[custom];
  if (own) {
    checkFunction(own, "util.promisify.custom");
    return Object.defineProperty(own, custom, {
      value: own,
      enumerable: false,
      writable: false,
      configurable: true,
    });
  }
  const wrapped: AnyFunction = function (...args) {
    return new Promise((resolve, reject) => {
      Reflect.apply(original, this, [
        ...args,
        (error: unknown, value: unknown) => {
          if (error) reject(error as Error);
          else resolve(value);
        },
      ]);
    });
  };
  Object.setPrototypeOf(wrapped, Object.getPrototypeOf(original) as object);
  Object.defineProperty(wrapped, custom, {
    value: wrapped,
    enumerable: false,
    writable: false,
    configurable: true,
  });
  return Object.defineProperties(wrapped, Object.getOwnPropertyDescriptors(original));
}
promisify.custom = custom;

/** `util.callbackify`: the other way round. */
export function callbackify(original: unknown): AnyFunction {
  checkFunction(original, "original");
  const wrapped: AnyFunction = function (...args) {
    const callback = args.pop();
    checkFunction(callback, "last argument");
    const later = (...results: unknown[]): void =>
      void Promise.resolve().then(() => Reflect.apply(callback, this, results));
    (Reflect.apply(original, this, args) as Promise<unknown>).then(
      (value) => later(null, value),
      (reason: unknown) => {
        // A callback tells failure by its first argument, so that cannot be falsy.
        const error =
          reason ||
          Object.assign(new Error("Promise was rejected with falsy value"), {
            code: "ERR_FALSY_VALUE_REJECTION",
            reason,
          });
        later(error);
      },
    );
  };
  const descriptors = Object.getOwnPropertyDescriptors(original);
  if (typeof descriptors.length?.value === "number") descriptors.length.value += 1;
  if (typeof descriptors.name?.value === "string") descriptors.name.value += "Callbackified";
  return Object.defineProperties(wrapped, descriptors);
}

/** `util.inherits`, for constructors that are no classes. */
export function inherits(constructor: unknown, parent: unknown): void {
  if (constructor === undefined || constructor === null)
    throw invalidArgType("ctor", "of type function", constructor);
  if (parent === undefined || parent === null) throw invalidArgType("superCtor", "of type function", parent);
  const { prototype } = parent as { prototype?: unknown };
  if (prototype === undefined) throw invalidArgType("superCtor.prototype", "of type object", prototype);
  Object.defineProperty(constructor, "super_", { value: parent, writable: true, configurable: true });
  Object.setPrototypeOf((constructor as { prototype: object }).prototype, prototype as object);
}

/** `util.deprecate`: prints a warning at the first call. */
export function createDeprecate(warn: (text: string) => void) {
  const told = new Set<string>();
  return (original: unknown, message: unknown, code?: unknown): AnyFunction => {
    if (code !== undefined) validateString(code, "code");
    checkFunction(original, "fn");
    let warned = false;
    const deprecated: AnyFunction = function (...args) {
      if (!warned) {
        warned = true;
        const known = typeof code === "string" && told.has(code);
        if (typeof code === "string") told.add(code);
        if (!known)
          warn(`${typeof code === "string" ? `[${code}] ` : ""}DeprecationWarning: ${String(message)}`);
      }
      return new.target === undefined
        ? Reflect.apply(original, this, args)
        : Reflect.construct(original, args, new.target);
    };
    Object.setPrototypeOf(deprecated, original);
    const { prototype } = original as { prototype?: unknown };
    if (prototype !== undefined) (deprecated as { prototype?: unknown }).prototype = prototype;
    return deprecated;
  };
}

// Escape sequences of terminals: CSI (colours, cursor), OSC (titles, links) and the short ones.
const ESCAPES =
  /(?:\u001B\[|\u009B)[0-?]*[ -/]*[@-~]|\u001B\][^\u0007\u001B\u009C]*(?:\u0007|\u001B\\|\u009C)|\u001B[ -/]*[0-Z^-~]/g;

/** `util.stripVTControlCharacters`: text without colours. */
export function stripVTControlCharacters(text: unknown): string {
  validateString(text, "str");
  return text.replace(ESCAPES, "");
}
