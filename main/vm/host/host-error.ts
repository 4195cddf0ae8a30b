import type { WireValue } from "../../modules/record";
import type { Position } from "../loader/positions";
import { SourceSyntaxError } from "../loader/syntax-error";
import { WorkbenchError } from "../../../shared/model/error";

/** See `HostErrorData` in `main/vm/guest/errors.ts`, which rebuilds the error from it. */
export type HostErrorDescription = { readonly [key: string]: WireValue };

/** Own properties that are not copied: the stack is the host's, the others travel by themselves. */
const NOT_COPIED = new Set(["stack", "message", "name", "cause"]);
const MAX_CAUSES = 8;

/** An error that comes of a place in a script where no code runs, such as an `import`. */
export class PlacedError extends Error {
  /** `file` and `position` as the engine knows them. */
  constructor(
    readonly error: Error,
    readonly file: string,
    readonly position: Position,
  ) {
    super(error.message);
  }
}

/** Takes an error of the host apart. No host stack; own properties that are no plain data are left out. */
export function describeHostError(error: unknown, depth = 0): HostErrorDescription {
  if (!(error instanceof Error)) {
    return {
      name: "Error",
      message: typeof error === "string" ? error : "A host function failed.",
      props: {},
    };
  }
  if (error instanceof PlacedError) {
    const { file, position } = error;
    const described = describeHostError(error.error, depth);
    return "stack" in described ? described : { ...described, stack: frameAt(file, position) };
  }
  const props: Record<string, WireValue> = {};
  for (const [name, value] of Object.entries(error)) {
    if (!NOT_COPIED.has(name) && isWireValue(value, 0)) props[name] = value;
  }
  if (error instanceof SourceSyntaxError) return describeSyntaxError(error);
  const cause =
    error.cause instanceof Error && depth < MAX_CAUSES
      ? describeHostError(error.cause, depth + 1)
      : undefined;
  return {
    // The workbench's own class means nothing to a script; its code does.
    name: error instanceof WorkbenchError ? "Error" : error.name,
    message: error.message,
    props,
    ...(cause === undefined ? {} : { cause }),
  };
}

/** As the engine's own syntax errors: the place is the only frame. */
function describeSyntaxError({ message, path, position }: SourceSyntaxError): HostErrorDescription {
  return {
    name: "SyntaxError",
    message,
    props: { fileName: path, lineNumber: position.line },
    stack: frameAt(path, position),
  };
}

function frameAt(file: string, { line, column }: Position): string {
  return `    at ${file}:${line}:${column}\n`;
}

function isWireValue(value: unknown, depth: number): value is WireValue {
  switch (typeof value) {
    case "undefined":
    case "boolean":
    case "number":
    case "bigint":
    case "string":
      return true;
    case "object": {
      if (value === null || value instanceof Uint8Array) return true;
      if (depth > 16) return false;
      const prototype: unknown = Object.getPrototypeOf(value);
      if (!Array.isArray(value) && prototype !== Object.prototype && prototype !== null) return false;
      return Object.values(value).every((item) => isWireValue(item, depth + 1));
    }
    default:
      return false;
  }
}
