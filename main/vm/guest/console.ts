import type { ConsoleLevel } from "../../../shared/model/event";
import { LINE_LEVELS, LINE_METHODS, type ConsoleMethod } from "../inspect/console-line";
import type { ConsoleArguments } from "../inspect/descriptor";
import { plainText } from "./describe/format";
import { serialize } from "./describe/serialize";
import { add, bare, list } from "./describe/intrinsics";
import { readInspectOptions } from "./describe/inspect-options";
import type { DescribedLine, FullDescriber } from "./describe";
import type { GuestEnvironment } from "./environment";
import { codedTypeError } from "./globals/define";
import {
  arrayIsArray,
  IntrinsicMap,
  IntrinsicString,
  IntrinsicTypeError,
  mapDelete,
  mapGet,
  mapHas,
  mapSet,
  objectDefineProperty,
  stringIncludes,
  uncurryThis,
} from "./primordials";

const numberToFixed = uncurryThis(Number.prototype.toFixed) as (value: number, digits: number) => string;
const mathFloor = Math.floor;
const stringReplaceAll = uncurryThis(String.prototype.replaceAll) as (
  text: string,
  search: string,
  replacement: () => string,
) => string;

/** Rows of a table that are drawn. */
const MAX_TABLE_ROWS = 1_000;
/** Locations are looked up for this many lines a second; a flood is not slowed down by its stacks. */
const LOCATIONS_PER_SECOND = 5_000;
/** Once the locations are spent, the clock is asked only every so many lines. */
const CLOCK_INTERVAL = 256;

const LEVEL_NUMBER = numbers(LINE_LEVELS);
const METHOD_NUMBER = numbers(LINE_METHODS);

export interface ConsoleOptions {
  /** `false`: the script's console does nothing (template setting `runtime.console`). */
  readonly enabled?: boolean;
}

export interface ConsoleControls {
  /** Forgets open groups, as a new execution begins at the margin. Counters and timers stay, like other state. */
  reset(): void;
}

/** Sets `globalThis.console`: every function of Node's console, each line delivered as Node would print it. */
export function installConsole(env: GuestEnvironment, options: ConsoleOptions = {}): ConsoleControls {
  // The describer that the prelude makes is the full one; the environment shows less of it to the other parts.
  const describer = env.describer as FullDescriber;
  const enabled = options.enabled !== false;
  const counts = new IntrinsicMap<string, number>();
  const timers = new IntrinsicMap<string, number>();
  let group = 0;
  let locations = LOCATIONS_PER_SECOND;
  let refilled = 0;
  let sinceClock = 0;

  const callerStack = (): string | undefined => {
    if (locations === 0) {
      sinceClock += 1;
      if (sinceClock < CLOCK_INTERVAL) return undefined;
      sinceClock = 0;
      const now = env.now();
      if (now - refilled < 1_000) return undefined;
      refilled = now;
      locations = LOCATIONS_PER_SECOND;
    }
    locations -= 1;
    return env.captureStack();
  };

  const indent = (text: string): string => {
    if (group === 0) return text;
    let indentation = "";
    for (let level = 0; level < group; level++) indentation += "  ";
    if (!stringIncludes(text, "\n")) return indentation + text;
    return indentation + stringReplaceAll(text, "\n", () => "\n" + indentation);
  };

  const emitText = (level: ConsoleLevel, method: ConsoleMethod, text: string): void => {
    if (!enabled) return;
    const stack = callerStack();
    env.emitConsole(LEVEL_NUMBER[level], METHOD_NUMBER[method], group, indent(text), undefined, stack);
  };

  const emitArguments = (level: ConsoleLevel, method: ConsoleMethod, argsJson: string): void => {
    const stack = callerStack();
    env.emitConsole(LEVEL_NUMBER[level], METHOD_NUMBER[method], group, undefined, argsJson, stack);
  };

  const emitLine = (level: ConsoleLevel, method: ConsoleMethod, line: DescribedLine): void => {
    if (line.text === undefined) emitArguments(level, method, line.json);
    else emitText(level, method, line.text);
  };

  const write = (level: ConsoleLevel, method: ConsoleMethod, args: readonly unknown[]): void => {
    if (!enabled) return;
    const text = plainText(args);
    if (text !== undefined) return emitText(level, method, text);
    emitLine(level, method, describer.line(args));
  };

  const elapsed = (method: "timeEnd" | "timeLog", label: string, data: readonly unknown[]): boolean => {
    const started = mapGet(timers, label);
    if (started === undefined) {
      warn(method, "No such label '" + label + "' for console." + method + "()");
      return false;
    }
    write("log", method, prepend("%s: %s", label, formatTime(env.now() - started), data));
    return true;
  };

  const warn = (method: ConsoleMethod, message: string): void =>
    emitText("warn", method, "Warning: " + message);

  const methods: Record<string, (...args: never[]) => void> = bare({
    log: (...args: unknown[]) => write("log", "log", args),
    warn: (...args: unknown[]) => write("warn", "warn", args),
    dir: (value: unknown, given?: object) => {
      if (!enabled) return;
      const read = readInspectOptions({ ...bare({ customInspect: false }), ...given });
      const description = describer.describeFor(value, read);
      const piece = bare({ d: description, o: read.wire });
      emitArguments(
        "log",
        "dir",
        serialize(bare<ConsoleArguments>({ a: only(description), p: only(piece) })),
      );
    },
    time: (given?: unknown) => {
      const label = labelOf(given);
      if (mapHas(timers, label))
        return warn("time", "Label '" + label + "' already exists for console.time()");
      mapSet(timers, label, env.now());
    },
    timeEnd: (given?: unknown) => {
      const label = labelOf(given);
      if (elapsed("timeEnd", label, [])) mapDelete(timers, label);
    },
    timeLog: (given?: unknown, ...data: unknown[]) => void elapsed("timeLog", labelOf(given), data),
    trace: (...args: unknown[]) => {
      if (!enabled) return;
      const stack = env.captureStack();
      emitLine(
        "error",
        "trace",
        describer.line(args, args.length === 0 ? "Trace" : "Trace: ", stack === "" ? "" : "\n" + stack),
      );
    },
    assert: (condition?: unknown, ...args: unknown[]) => {
      if (condition) return;
      if (args.length === 0) return write("warn", "assert", ["Assertion failed"]);
      const first = args[0];
      if (typeof first === "symbol")
        throw new IntrinsicTypeError("Cannot convert a Symbol value to a string");
      args[0] = "Assertion failed: " + IntrinsicString(first);
      write("warn", "assert", args);
    },
    clear: () => undefined,
    count: (given?: unknown) => {
      const label = labelOf(given);
      const count = (mapGet(counts, label) ?? 0) + 1;
      mapSet(counts, label, count);
      // Node formats this line: a label may hold %.
      write("log", "count", ["" + label + ": " + count]);
    },
    countReset: (given?: unknown) => {
      const label = labelOf(given);
      if (!mapHas(counts, label)) return warn("countReset", "Count for '" + label + "' does not exist");
      mapDelete(counts, label);
    },
    group: (...args: unknown[]) => openGroup("group", args),
    groupEnd: () => {
      if (group > 0) group -= 1;
    },
    table: (data?: unknown, properties?: unknown) => {
      if (properties !== undefined && !arrayIsArray(properties)) {
        throw codedTypeError(
          "ERR_INVALID_ARG_TYPE",
          'The "properties" argument must be an instance of Array.' + received(properties),
        );
      }
      if (!enabled) return;
      if (data === null || typeof data !== "object") return write("log", "table", [data]);
      const description = describer.describeFor(
        data,
        readInspectOptions(bare({ depth: 2, maxArrayLength: MAX_TABLE_ROWS, customInspect: true })),
      );
      const columns = properties === undefined ? null : texts(properties);
      emitArguments("log", "table", serialize(bare<ConsoleArguments>({ a: only(description), t: columns })));
    },
    debug: (...args: unknown[]) => write("debug", "debug", args),
    info: (...args: unknown[]) => write("info", "info", args),
    dirxml: (...args: unknown[]) => write("log", "dirxml", args),
    error: (...args: unknown[]) => write("error", "error", args),
    groupCollapsed: (...args: unknown[]) => openGroup("groupCollapsed", args),
  });

  function openGroup(method: "group" | "groupCollapsed", args: readonly unknown[]): void {
    if (args.length > 0) write("log", method, args);
    group += 1;
  }

  const console: object = {};
  const names = Object.keys(methods);
  for (let index = 0; index < names.length; index++) {
    const name = names[index];
    const method = name === undefined ? undefined : methods[name];
    if (name === undefined || method === undefined) continue;
    objectDefineProperty(method, "name", { value: name, configurable: true });
    objectDefineProperty(console, name, {
      value: method,
      writable: true,
      enumerable: true,
      configurable: true,
    });
  }
  objectDefineProperty(console, Symbol.toStringTag, {
    value: "console",
    writable: false,
    enumerable: false,
    configurable: true,
  });
  objectDefineProperty(globalThis, "console", {
    value: console,
    writable: true,
    enumerable: false,
    configurable: true,
  });

  return {
    reset: () => {
      group = 0;
    },
  };
}

function numbers<Name extends string>(names: readonly Name[]): Readonly<Record<Name, number>> {
  const result = bare<Partial<Record<Name, number>>>({});
  for (let index = 0; index < names.length; index++) {
    const name = names[index];
    if (name !== undefined) result[name] = index;
  }
  // Every name has got its number.
  return result as Record<Name, number>;
}

function only<T>(item: T): T[] {
  const items = list<T>();
  add(items, item);
  return items;
}

function texts(values: readonly unknown[]): string[] {
  const all = list<string>();
  for (let index = 0; index < values.length; index++) {
    const value = values[index];
    if (typeof value === "string" || typeof value === "number") add(all, "" + value);
  }
  return all;
}

function prepend(format: string, label: string, time: string, data: readonly unknown[]): unknown[] {
  const args = list<unknown>();
  add(args, format);
  add(args, label);
  add(args, time);
  for (let index = 0; index < data.length; index++) add(args, data[index]);
  return args;
}

function labelOf(given: unknown): string {
  if (given === undefined) return "default";
  if (typeof given === "symbol") throw new IntrinsicTypeError("Cannot convert a Symbol value to a string");
  return IntrinsicString(given);
}

function received(value: unknown): string {
  if (value === null) return " Received null";
  return " Received type " + typeof value;
}

/** Duration as Node's console writes it: `1.234ms`, `2.500s`, `1:01.000 (m:ss.mmm)`. */
function formatTime(milliseconds: number): string {
  if (milliseconds < 1_000) return "" + +numberToFixed(milliseconds, 3) + "ms";
  if (milliseconds < 60_000) return "" + numberToFixed(milliseconds / 1_000, 3) + "s";
  const hours = mathFloor(milliseconds / 3_600_000);
  const minutes = mathFloor((milliseconds % 3_600_000) / 60_000);
  const seconds = numberToFixed((milliseconds % 60_000) / 1_000, 3);
  const padded = seconds.length < 6 ? "0" + seconds : seconds;
  if (hours === 0) return "" + minutes + ":" + padded + " (m:ss.mmm)";
  return "" + hours + ":" + (minutes < 10 ? "0" : "") + minutes + ":" + padded + " (h:mm:ss.mmm)";
}
