import { inspect } from "node:util";
import type { Description, InspectOptions, TextPiece } from "./descriptor";
import { Reviver, type StackMapper } from "./revive";
import { safeDepth } from "./safe-depth";

const DEFAULT_DEPTH = 2;

/** Text of a description, as Node's `util.inspect(value, options)` writes it. */
export function inspectDescription(
  description: Description,
  options: InspectOptions = {},
  mapStack?: StackMapper,
): string {
  const root = Reviver.revive(description, mapStack);
  return inspectRevived(root, description, options);
}

/** The same for a value that is rebuilt already. */
export function inspectRevived(
  root: unknown,
  description: Description,
  options: InspectOptions = {},
): string {
  const wanted = options.depth === undefined ? DEFAULT_DEPTH : (options.depth ?? Infinity);
  // customInspect stays on: stand-ins print themselves by it. Functions of the script are never reached.
  return inspect(root, {
    ...definedOnly(options),
    customInspect: true,
    depth: safeDepth(description.n, wanted),
  });
}

/** `inspect` takes an option that is present and undefined for a value; JSON has no infinity. */
function definedOnly(options: InspectOptions): Record<string, unknown> {
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  return Object.fromEntries(
    given.map(([name, value]) => [name, name === "breakLength" && value === null ? Infinity : value]),
  );
}

/** Puts a console line together: fixed text, arguments, values with options of their own. */
export function joinPieces(
  pieces: readonly TextPiece[],
  argument: (index: number) => string,
  mapStack?: StackMapper,
): string {
  return pieces
    .map((piece) => {
      if (typeof piece === "string") return piece;
      return "a" in piece ? argument(piece.a) : inspectDescription(piece.d, piece.o, mapStack);
    })
    .join("");
}
