import type { InspectOptions } from "../../inspect/descriptor";
import { objectKeys } from "../primordials";
import { bare, ownDescriptor } from "./intrinsics";

/** Options of `util.inspect` that a script gives, as far as they are plain data; also what the walk needs of them. */
export interface ReadOptions {
  readonly wire: InspectOptions;
  readonly depth: number;
  readonly maxElements: number;
  readonly maxString: number;
  readonly hidden: boolean;
  readonly showProxy: boolean;
  readonly getters: boolean | "get" | "set";
  readonly custom: boolean;
  /** Everything that the script gave, for `[util.inspect.custom]` functions. */
  readonly given: object | undefined;
}

const NAMES: Readonly<Record<string, true>> = bare({
  depth: true,
  showHidden: true,
  showProxy: true,
  colors: true,
  maxArrayLength: true,
  maxStringLength: true,
  breakLength: true,
  compact: true,
  sorted: true,
  getters: true,
  numericSeparator: true,
});

/** More is never sent, whatever a script asks for. */
const MOST_ELEMENTS = 10_000;
const MOST_CHARACTERS = 512 * 1024;

/** Reads the options as Node does: own enumerable properties; `defaults` come first. */
export function readInspectOptions(options: object | undefined, defaults?: InspectOptions): ReadOptions {
  const read = bare<Record<string, unknown>>({
    depth: 2,
    maxArrayLength: 100,
    maxStringLength: 10_000,
    ...defaults,
  });
  let custom = true;
  if (options !== undefined) {
    const keys = objectKeys(options);
    for (let index = 0; index < keys.length; index++) {
      const key = keys[index];
      if (key === undefined) continue;
      const value: unknown = ownDescriptor(options, key)?.value;
      if (key === "customInspect") custom = value === undefined || Boolean(value);
      if (NAMES[key] === true)
        read[key] = key === "sorted" && typeof value === "function" ? true : plain(value);
    }
  }
  const getters = read["getters"];
  return {
    wire: read,
    depth: limit(read["depth"], 2, Infinity),
    maxElements: limit(read["maxArrayLength"], 100, MOST_ELEMENTS),
    maxString: limit(read["maxStringLength"], 10_000, MOST_CHARACTERS),
    hidden: Boolean(read["showHidden"]),
    showProxy: Boolean(read["showProxy"]),
    getters: getters === "get" || getters === "set" ? getters : Boolean(getters),
    custom,
    given: options,
  };
}

/** Numbers that JSON does not know mean "without limit" in every option that takes one. */
function plain(value: unknown): unknown {
  if (typeof value === "number") return value - value === 0 ? value : null;
  return typeof value === "boolean" || typeof value === "string" || value === null ? value : undefined;
}

function limit(value: unknown, missing: number, most: number): number {
  if (value === null) return most;
  if (typeof value !== "number") return missing;
  return value < most ? value : most;
}
