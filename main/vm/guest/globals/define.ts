import { bare } from "../describe/intrinsics";
import {
  IntrinsicError,
  IntrinsicTypeError,
  objectDefineProperty,
  objectGetOwnPropertyDescriptor,
} from "../primordials";

const toStringTag: typeof Symbol.toStringTag = Symbol.toStringTag;

/** Sets a global as Node has its classes: writable, configurable, not enumerable unless said otherwise. */
export function defineGlobal(name: string, value: unknown, enumerable = false): void {
  objectDefineProperty(globalThis, name, bare({ value, writable: true, enumerable, configurable: true }));
}

/** Makes members enumerable and names the class, as Web IDL wants it. */
export function describeInterface(owner: object, tag: string | undefined, members: readonly string[]): void {
  for (let index = 0; index < members.length; index++) {
    const name = members[index];
    const descriptor = name === undefined ? undefined : objectGetOwnPropertyDescriptor(owner, name);
    if (name === undefined || descriptor === undefined)
      throw new IntrinsicError("There is no member " + String(name) + ".");
    objectDefineProperty(owner, name, bare({ enumerable: true }));
  }
  if (tag === undefined) return;
  objectDefineProperty(
    owner,
    toStringTag,
    bare({ value: tag, writable: false, enumerable: false, configurable: true }),
  );
}

/** A `TypeError` with Node's `code`. */
export function codedTypeError(code: string, message: string): TypeError {
  const error = new IntrinsicTypeError(message);
  objectDefineProperty(
    error,
    "code",
    bare({ value: code, writable: true, enumerable: true, configurable: true }),
  );
  return error;
}

/** Throws unless a dictionary of options is an object, as `undefined` and `null` may stand for one. */
export function checkOptions(options: unknown): asserts options is object | null | undefined {
  if (
    options !== undefined &&
    options !== null &&
    typeof options !== "object" &&
    typeof options !== "function"
  ) {
    throw codedTypeError("ERR_INVALID_ARG_TYPE", 'The "options" argument must be of type object.');
  }
}

/** For a method that was taken off its object. */
export function invalidThis(type: string): TypeError {
  return codedTypeError("ERR_INVALID_THIS", 'Value of "this" must be of type ' + type);
}

/** `list` names the arguments as Node does: `"url"`, `"name" and "value"`. */
export function missingArguments(list: string): TypeError {
  return codedTypeError(
    "ERR_MISSING_ARGS",
    "The " + list + " argument" + (list.length > 12 ? "s" : "") + " must be specified",
  );
}
