import type { WireValue } from "./bridge";
import {
  IntrinsicError,
  IntrinsicEvalError,
  IntrinsicRangeError,
  IntrinsicReferenceError,
  IntrinsicString,
  IntrinsicSyntaxError,
  IntrinsicTypeError,
  IntrinsicURIError,
  arrayJoin,
  arrayPush,
  defineData,
  jsonStringify,
  objectGetOwnPropertyDescriptor,
  objectGetPrototypeOf,
  objectKeys,
  objectSetPrototypeOf,
  stringIncludes,
  stringIndexOf,
  stringSlice,
  stringSplit,
} from "./primordials";
import { currentEngineStack, engineStack, isEngineStack, setEngineStack } from "./stacks";

const internalErrorPrototype = (globalThis as { InternalError?: { prototype: object } }).InternalError
  ?.prototype;

/** An error of the host as it arrives: its class by name, and its own properties. */
export interface HostErrorData {
  readonly name: string;
  readonly message: string;
  readonly props: Readonly<Record<string, WireValue>>;
  readonly cause?: HostErrorData;
  /** For syntax errors of a script: where in the script. */
  readonly stack?: string;
}

// Without a prototype: a name such as "constructor" must not find anything.
const CLASSES: Readonly<Record<string, ErrorConstructor>> = objectSetPrototypeOf(
  {
    Error: IntrinsicError,
    EvalError: IntrinsicEvalError,
    RangeError: IntrinsicRangeError,
    ReferenceError: IntrinsicReferenceError,
    SyntaxError: IntrinsicSyntaxError,
    TypeError: IntrinsicTypeError,
    URIError: IntrinsicURIError,
  },
  null,
) as Record<string, ErrorConstructor>;

/** Marks the frames of the runtime's own code: its files are named so. */
const OWN_FILE = "(vm:";

/** Frames of user code in the current stack, one `    at …` line each, without a final newline. */
export function captureStack(): string {
  return userFrames(currentEngineStack());
}

/** File of the innermost frame of user code; `""` when it has none. */
export function callingFile(): string {
  const frame = stringSplit(captureStack(), "\n", 1)[0] ?? "";
  const open = stringIndexOf(frame, "(");
  const start = open < 0 ? stringIndexOf(frame, "at ") + 3 : open + 1;
  const end = stringIndexOf(frame, ":", start);
  const file = end < 0 ? "" : stringSlice(frame, start, end);
  return file === "repl" || file === "<input>" ? "" : file;
}

/** Drops the frames of the runtime's own code. */
export function userFrames(stack: string): string {
  const kept: string[] = [];
  const lines = stringSplit(stack, "\n");
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] as string;
    if (line === "" || stringIncludes(line, OWN_FILE)) continue;
    // A built-in that the runtime called, such as `Reflect.apply`, belongs to the runtime.
    const caller = lines[index + 1];
    if (stringIncludes(line, "(native)") && caller !== undefined && stringIncludes(caller, OWN_FILE))
      continue;
    arrayPush(kept, line);
  }
  return arrayJoin(kept, "\n");
}

/** Rebuilds an error of the host: class, message, `code` and other own properties, with the guest's stack. */
export function makeError(data: HostErrorData): Error {
  const known = CLASSES[data.name];
  const error = new (known ?? IntrinsicError)(data.message);
  if (known === undefined) defineData(error, "name", data.name, false);
  if (data.stack !== undefined) setEngineStack(error, data.stack);
  const keys = objectKeys(data.props);
  for (let index = 0; index < keys.length; index++) {
    const key = keys[index] as string;
    // The engine gives its own syntax errors these two, and shows them to nobody who does not ask.
    defineData(error, key, data.props[key], key !== "fileName" && key !== "lineNumber");
  }
  if (data.cause !== undefined) defineData(error, "cause", makeError(data.cause), false);
  return error;
}

/** A data property of an object or its prototypes, as text; getters are not run. */
function textProperty(target: object, name: string): string | undefined {
  for (let object: object | null = target, hops = 0; object !== null && hops < 64; hops++) {
    const descriptor = objectGetOwnPropertyDescriptor(object, name);
    if (descriptor !== undefined) return typeof descriptor.value === "string" ? descriptor.value : undefined;
    object = objectGetPrototypeOf(object) as object | null;
  }
  return undefined;
}

/** JSON of what the host wants to know about something thrown; reads data properties only. */
export function readError(thrown: unknown, isProxy: (value: unknown) => boolean): string {
  if ((typeof thrown !== "object" && typeof thrown !== "function") || thrown === null) {
    return jsonStringify({
      __proto__: null,
      // The text of a symbol comes with the description of the value.
      text: typeof thrown === "symbol" ? undefined : IntrinsicString(thrown),
    });
  }
  if (isProxy(thrown)) return "{}";
  return jsonStringify({
    __proto__: null,
    name: textProperty(thrown, "name"),
    message: textProperty(thrown, "message"),
    stack: stackOf(thrown),
    code: textProperty(thrown, "code"),
    file: textProperty(thrown, "fileName"),
    details: detailsOf(thrown),
    engine: objectGetPrototypeOf(thrown) === internalErrorPrototype,
  });
}

/** The engine's text where it can be had: what a script has read is cut, and its places cannot be mapped again. */
function stackOf(thrown: object): string | undefined {
  return isEngineStack(thrown) ? engineStack(thrown) : textProperty(thrown, "stack");
}

function detailsOf(thrown: object): string | undefined {
  const details: unknown = objectGetOwnPropertyDescriptor(thrown, "details")?.value;
  if (typeof details !== "object" || details === null) return undefined;
  try {
    return jsonStringify(details);
  } catch {
    return undefined;
  }
}
