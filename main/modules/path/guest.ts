import { posix as unifiedPosix, win32 as unifiedWin32 } from "path-unified";
import type { GuestBridge, GuestFactory } from "../../vm/guest/bridge";
import { encodeAsOne } from "../guest/arguments";
import { invalidArgType, validateString } from "../guest/node-errors";

type PathFunction = (...args: never[]) => unknown;
type Namespace = Record<string, unknown>;

// As many arguments as the bridge surely carries.
const MAX_PLAIN = 16;
const POSITIONS: Readonly<Record<string, number>> = { path: 0, suffix: 1, from: 0, to: 1, pathObject: 0 };

/** What the argument called `name` in Node's words holds. `shift` arguments were put in front. */
function argumentNamed(
  name: string,
  args: readonly unknown[],
  shift: number,
): { name: string; value: unknown } {
  const index = /^paths\[(\d+)\]$/.exec(name)?.[1];
  if (index !== undefined) return { name: `paths[${Number(index) - shift}]`, value: args[Number(index)] };
  // Node 20 calls it so.
  if (name === "ext") return { name: "suffix", value: args[1] };
  // join names every argument "path": it complains about the first that is no string.
  if (name === "path" && typeof args[0] === "string")
    return { name, value: args.find((arg) => typeof arg !== "string") };
  return { name, value: args[POSITIONS[name] ?? 0] };
}

/** Calls a function of the package; its complaints about arguments get Node's class and wording. */
function call(fn: PathFunction, args: readonly unknown[], shift = 0): unknown {
  try {
    return fn(...(args as never[]));
  } catch (thrown) {
    const named =
      thrown instanceof Error ? /^The "([^"]+)" argument must be (of type \w+)\./.exec(thrown.message) : null;
    if (named === null) throw thrown;
    const { name, value } = argumentNamed(named[1] ?? "", args, shift);
    throw invalidArgType(name, named[2] ?? "", value);
  }
}

/** Gives wrapped functions the names that they have in Node. */
function functions(table: Record<string, PathFunction>): Namespace {
  for (const [name, fn] of Object.entries(table)) Object.defineProperty(fn, "name", { value: name });
  return table;
}

function shared(unified: typeof unifiedPosix | typeof unifiedWin32): Record<string, PathFunction> {
  return {
    isAbsolute: (...args) => call(unified.isAbsolute, args),
    dirname: (...args) => call(unified.dirname, args),
    basename: (...args) => call(unified.basename, args),
    extname: (...args) => call(unified.extname, args),
    format: (...args) => call(unified.format, args),
    parse: (...args) => call(unified.parse, args),
  };
}

function makePosix(cwd: string, matchesGlob: PathFunction): Namespace {
  const resolve = (...args: unknown[]): string => call(unifiedPosix.resolve, [cwd, ...args], 1) as string;
  return {
    ...functions({
      resolve,
      normalize: (...args) => call(unifiedPosix.normalize, args),
      join: (...args) => call(unifiedPosix.join, args),
      relative: (from: unknown, to: unknown) => {
        validateString(from, "from");
        validateString(to, "to");
        return unifiedPosix.relative(resolve(from), resolve(to));
      },
      toNamespacedPath: (path: unknown) => path,
      ...shared(unifiedPosix),
      matchesGlob,
    }),
    sep: "/",
    delimiter: ":",
  };
}

/**
 * Windows paths. The package follows Node 21.5; Node's rules for reserved names and drive-like parts came later and
 * decide what these five give, so Node itself answers them.
 */
function makeWin32(bridge: GuestBridge, matchesGlob: PathFunction): Namespace {
  const ask =
    (name: string): PathFunction =>
    (...args) =>
      // Texts, the rule, cross fastest as they are.
      args.length <= MAX_PLAIN && (args as unknown[]).every((arg) => typeof arg === "string")
        ? bridge.call(name, ...args)
        : bridge.call(name, encodeAsOne(args));
  return {
    ...functions({
      resolve: ask("resolve"),
      normalize: ask("normalize"),
      join: ask("join"),
      relative: ask("relative"),
      toNamespacedPath: (...args: unknown[]) =>
        typeof args[0] === "string" ? bridge.call("toNamespacedPath", args[0]) : args[0],
      ...shared(unifiedWin32),
      matchesGlob,
    }),
    sep: "\\",
    delimiter: ";",
  };
}

const factory: GuestFactory = (bridge) => {
  const { cwd, windows } = bridge.call("environment") as { cwd: string; windows: boolean };
  const glob =
    (name: string): PathFunction =>
    (...args) => {
      validateString(args[0], "path");
      validateString(args[1], "pattern");
      return bridge.call(name, args[0], args[1]);
    };
  // path.posix on Windows sees the workspace without its drive, as in Node.
  const posixCwd = windows ? cwd.replaceAll("\\", "/").slice(cwd.search(/[\\/]/)) : cwd;
  const posix = makePosix(posixCwd, glob("matchesPosixGlob"));
  const win32 = makeWin32(bridge, glob("matchesWindowsGlob"));
  for (const namespace of [posix, win32]) Object.assign(namespace, { posix, win32 });
  return windows ? win32 : posix;
};

export default factory;
