import { WorkbenchError } from "../../shared/model/error";

/** Stands for a `URL` object that a script passed; deliberately not a URL, so that no Node function takes it for a path. */
export class UrlArgument {
  constructor(readonly text: string) {}
}

function named(name: string): Record<string, unknown> {
  // Node words "an instance of Map" from the constructor's name; the stand-in has that and nothing else.
  const prototype: object = Object.create(null, { constructor: { value: { name } } }) as object;
  return Object.create(prototype) as Record<string, unknown>;
}

function malformed(): WorkbenchError {
  return new WorkbenchError("INVALID_REQUEST", "The call of a native module was malformed.");
}

function decodeArgument(wire: unknown, depth: number): unknown {
  // Node's functions take minus zero for an integer, and what is native below them then ends the whole process.
  if (wire === 0) return 0;
  if (typeof wire !== "object" || wire === null || wire instanceof Uint8Array) return wire;
  if (depth === 0) throw malformed();
  const argument = wire as Record<string, unknown>;
  const name = typeof argument["name"] === "string" ? argument["name"] : "";
  switch (argument["is"]) {
    case "array":
      if (!Array.isArray(argument["items"])) throw malformed();
      return argument["items"].map((item) => decodeArgument(item, depth - 1));
    case "object":
    case "bare": {
      const entries = argument["entries"];
      if (typeof entries !== "object" || entries === null) throw malformed();
      const result = Object.create(argument["is"] === "bare" ? null : Object.prototype) as Record<
        string,
        unknown
      >;
      for (const [key, value] of Object.entries(entries)) {
        if (key !== "__proto__") result[key] = decodeArgument(value, depth - 1);
      }
      return result;
    }
    case "url":
      if (typeof argument["href"] !== "string") throw malformed();
      return new UrlArgument(argument["href"]);
    case "function":
      return Object.defineProperty(() => undefined, "name", { value: name });
    case "symbol":
      return Symbol(name);
    case "instance":
      return named(name);
    default:
      throw malformed();
  }
}

/**
 * Turns what `encodeArguments` of a guest half made back into values that Node's functions can judge. What could not
 * cross is an inert stand-in of the same kind and name. Throws `INVALID_REQUEST` for a forged call.
 */
export function decodeArguments(wire: readonly unknown[]): unknown[] {
  return wire.map((argument) => decodeArgument(argument, 8));
}

/** Turns what `encodeAsOne` of a guest half made back into the list of arguments. Throws `INVALID_REQUEST`. */
export function decodeAsOne(wire: unknown): unknown[] {
  const args = decodeArgument(wire, 8);
  if (!Array.isArray(args)) throw malformed();
  return args;
}
