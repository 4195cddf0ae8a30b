import type { InspectOptions, TextPiece } from "../../inspect/descriptor";
import type { EngineView } from "../environment";
import {
  IntrinsicNumber,
  IntrinsicString,
  jsonStringify,
  objectGetPrototypeOf,
  objectHasOwn,
  objectIs,
  stringCharCodeAt,
  stringIncludes,
  stringSlice,
} from "../primordials";
import { lookup } from "./custom";
import { isPrimitive } from "./encode";
import { add, bare, list, symbolDescription } from "./intrinsics";
import { ENGINE_CLASS } from "../../inspect/engine-classes";
import { intrinsicName } from "./prototypes";

const { parseFloat, parseInt } = Number;
const toPrimitive: typeof Symbol.toPrimitive = Symbol.toPrimitive;

/** Describes a value with options that come on top of those of the whole text. */
export type DescribePiece = (
  value: unknown,
  argument: number | undefined,
  extra: InspectOptions | undefined,
) => TextPiece;

/** Text of a primitive as `util.inspect` writes it, strings apart: those stand for themselves here. */
export function primitiveText(value: undefined | null | boolean | number | bigint | string | symbol): string {
  switch (typeof value) {
    case "string":
      return value;
    case "number":
      return value === 0 && objectIs(value, -0) ? "-0" : "" + value;
    case "bigint":
      return "" + value + "n";
    case "symbol":
      return "Symbol(" + (symbolDescription(value) ?? "") + ")";
    default:
      return "" + value;
  }
}

/** A console line of primitives, with nothing to fill in: its text. Most lines are such; `undefined` for the others. */
export function plainText(args: readonly unknown[]): string | undefined {
  const format = args[0];
  if (args.length > 1 && typeof format === "string" && stringIncludes(format, "%")) return undefined;
  let text = "";
  for (let index = 0; index < args.length; index++) {
    const value = args[index];
    if (!isPrimitive(value)) return undefined;
    if (index > 0) text += " ";
    text += primitiveText(value);
  }
  return text;
}

/**
 * The parts of a console line, by the rules of Node's `util.format`: `%s %d %i %f %j %o %O %c %%` in the first argument,
 * then everything that is left, separated by blanks. Conversions that run code of the script (`String(value)`, `toJSON`)
 * happen here, where the script's deadline holds.
 */
export function formatPieces(
  args: readonly unknown[],
  view: EngineView,
  describe: DescribePiece,
): TextPiece[] {
  const pieces = list<TextPiece>();
  let text = "";
  const flush = (piece: TextPiece): void => {
    if (text !== "") add(pieces, text);
    text = "";
    add(pieces, piece);
  };
  const put = (value: unknown, argument: number | undefined, extra?: InspectOptions): void => {
    if (isPrimitive(value) && typeof value !== "string") text += primitiveText(value);
    else flush(describe(value, argument, extra));
  };

  let used = 0;
  let separator = "";
  const format = args[0];
  if (typeof format === "string" && args.length > 1 && stringIncludes(format, "%")) {
    let start = 0;
    for (let index = 0; index < format.length - 1; index++) {
      if (stringCharCodeAt(format, index) !== 37) continue;
      index += 1;
      const letter = stringSlice(format, index, index + 1);
      if (letter === "%") {
        text += stringSlice(format, start, index);
        start = index + 1;
        continue;
      }
      if (used + 1 === args.length || !stringIncludes("sdifjoOc", letter)) continue;
      text += stringSlice(format, start, index - 1);
      start = index + 1;
      used += 1;
      const value = args[used];
      if (letter === "O") put(value, used);
      else if (letter === "o") put(value, undefined, FULL);
      else if (
        letter === "s" &&
        !isPrimitive(value) &&
        typeof value === "object" &&
        value !== null &&
        usesBuiltInToString(view, value)
      ) {
        put(value, undefined, SHORT);
      } else text += convert(letter, value);
    }
    if (start !== 0) {
      used += 1;
      separator = " ";
      text += stringSlice(format, start);
    }
  }
  for (; used < args.length; used++) {
    const value = args[used];
    text += separator;
    if (typeof value === "string") text += value;
    else put(value, used);
    separator = " ";
  }
  if (text !== "") add(pieces, text);
  return pieces;
}

const FULL: InspectOptions = bare({ showHidden: true, showProxy: true, depth: 4 });
const SHORT: InspectOptions = bare({ compact: 3, colors: false, depth: 0 });

function convert(letter: string, value: unknown): string {
  switch (letter) {
    case "s":
      if (typeof value === "number" || typeof value === "bigint") return primitiveText(value);
      return IntrinsicString(value);
    case "d":
      if (typeof value === "symbol") return "NaN";
      return primitiveText(typeof value === "bigint" ? value : IntrinsicNumber(value));
    case "i":
      if (typeof value === "symbol") return "NaN";
      return primitiveText(typeof value === "bigint" ? value : parseInt(value as string));
    case "f":
      return typeof value === "symbol" ? "NaN" : primitiveText(parseFloat(value as string));
    case "j":
      return stringify(value);
    default:
      return "";
  }
}

let circularMessage: string | undefined;

function stringify(value: unknown): string {
  try {
    // Undefined, functions and symbols have no JSON; Node writes "undefined" then.
    return "" + (jsonStringify(value) as string | undefined);
  } catch (error) {
    if (isCircular(error)) return "[Circular]";
    throw error;
  }
}

function isCircular(error: unknown): boolean {
  if (circularMessage === undefined) {
    const ring: { self?: unknown } = {};
    ring.self = ring;
    try {
      jsonStringify(ring);
    } catch (made) {
      circularMessage = made instanceof TypeError ? made.message : "";
    }
  }
  return (
    typeof error === "object" &&
    error !== null &&
    objectHasOwn(error, "message") &&
    (error as Error).message === circularMessage
  );
}

/** Whether `String(value)` would only say `[object Object]` and the like; then the value is inspected instead. */
function usesBuiltInToString(view: EngineView, given: object): boolean {
  let value: object = given;
  if (view.classOf(value) === ENGINE_CLASS.proxy) {
    const target = view.proxyTarget(value);
    if (target === null || target === undefined) return true;
    value = target;
  }
  const ownPrimitive = typeof lookup(view, value, toPrimitive) === "function";
  const ownString = typeof lookup(view, value, "toString") === "function";
  if (!ownString && !ownPrimitive) return true;
  let owner: object | null = value;
  for (let step = 0; owner !== null && step < 1_000; step++) {
    if (
      (ownString && objectHasOwn(owner, "toString")) ||
      (ownPrimitive && objectHasOwn(owner, toPrimitive))
    ) {
      return step > 0 && intrinsicName(owner) !== undefined;
    }
    owner = objectGetPrototypeOf(owner) as object | null;
    if (owner !== null && view.classOf(owner) === ENGINE_CLASS.proxy) return true;
  }
  return true;
}
