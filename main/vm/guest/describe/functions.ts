import { ENGINE_CLASS } from "../../inspect/engine-classes";
import { stringIndexOf, stringSlice, stringStartsWith } from "../primordials";
import { functionToString, ownDescriptor } from "./intrinsics";

/** `class`, `async`, `generator`, `async generator`, or nothing for every other function. */
export function functionFlavour(fn: object, engineClass: number): string {
  switch (engineClass) {
    case ENGINE_CLASS.asyncFunction:
      return "async";
    case ENGINE_CLASS.generatorFunction:
      return "generator";
    case ENGINE_CLASS.asyncGeneratorFunction:
      return "async generator";
    case ENGINE_CLASS.function:
      return isClass(fn) ? "class" : "";
    default:
      return "";
  }
}

/** Only classes have a `prototype` that cannot be written; the source is asked for only then, as it may be long. */
function isClass(fn: object): boolean {
  const prototype = ownDescriptor(fn, "prototype");
  return prototype?.writable === false && stringStartsWith(functionToString(fn), "class");
}

/** Own name of a function. A class with its own `static name` that is no string is named as its source says. */
export function ownFunctionName(fn: object): string | undefined {
  const name = ownDescriptor(fn, "name");
  if (name === undefined) return undefined;
  if (typeof name.value === "string")
    return name.value.length > 1_000 ? stringSlice(name.value, 0, 1_000) : name.value;
  return isClass(fn) ? classNameInSource(functionToString(fn)) : "";
}

function classNameInSource(source: string): string {
  const start = "class ".length;
  let end = start;
  const stops = " {\n\r\t/";
  while (end < source.length && end < 1_000 && stringIndexOf(stops, stringSlice(source, end, end + 1)) === -1)
    end += 1;
  const name = stringSlice(source, start, end);
  return name === "extends" ? "" : name;
}
