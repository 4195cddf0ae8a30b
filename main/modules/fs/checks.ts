import * as nodeFs from "node:fs";
import { fileURLToPath } from "node:url";
import { WorkbenchError } from "../../../shared/model/error";
import { UrlArgument } from "../arguments";
import { isSystemError, systemError } from "./errors";

/*
 * Arguments are judged by Node's own functions, so that class, code and wording of the complaint are Node's. They are
 * called with the empty path, for which every system call answers ENOENT: nothing can be touched by a check.
 */

type AnyFunction = (...args: readonly unknown[]) => unknown;

/** Throws what Node says about the arguments; returns when Node got as far as the system call. */
function judge(fn: unknown, ...args: readonly unknown[]): void {
  try {
    (fn as AnyFunction)(...args);
  } catch (thrown) {
    if (!isSystemError(thrown) || thrown.code !== "ENOENT") throw thrown;
  }
}

export type PathName = "path" | "oldPath" | "newPath" | "src" | "dest" | "prefix";

/** Has Node complain about something that is no path. Only for what Node refuses before it looks at any file. */
function complainAboutPath(value: unknown, name: PathName): never {
  const fns: Record<PathName, () => void> = {
    path: () => judge(nodeFs.statSync, value),
    oldPath: () => judge(nodeFs.renameSync, value, ""),
    newPath: () => judge(nodeFs.renameSync, "", value),
    src: () => judge(nodeFs.copyFileSync, value, ""),
    dest: () => judge(nodeFs.copyFileSync, "", value),
    prefix: () => judge(nodeFs.mkdtempSync, value),
  };
  fns[name]();
  throw new TypeError(`The "${name}" argument is not a path.`);
}

/**
 * Text of a path argument: a string, bytes in UTF-8 or a `file:` URL. Throws Node's `ERR_INVALID_ARG_TYPE`,
 * `ERR_INVALID_ARG_VALUE` (NUL) and the errors of `fileURLToPath`.
 */
export function pathArgument(value: unknown, name: PathName): string {
  if (value instanceof UrlArgument) return pathArgument(fileURLToPath(value.text), name);
  if (value instanceof Uint8Array) {
    const text = Buffer.from(value).toString("utf8");
    if (!Buffer.from(text).equals(value))
      throw new WorkbenchError("PERMISSION_DENIED", "A path must be valid UTF-8.");
    return pathArgument(text, name);
  }
  if (typeof value !== "string" || value.includes("\0")) return complainAboutPath(value, name);
  return value;
}

/** As `pathArgument`, where Node also takes the number of an open file: a session has none, so it is a bad one. */
export function pathOrDescriptor(value: unknown, syscall: "fstat" | "write"): string {
  if (typeof value === "number" && Number.isInteger(value) && value >= 0 && value < 2 ** 31) {
    const { errno } = systemError("EBADF", { syscall, path: "" });
    throw Object.assign(new Error(`EBADF: bad file descriptor, ${syscall}`), {
      errno,
      code: "EBADF",
      syscall,
    });
  }
  // Neither a path nor an open file: Node has its own words for each.
  if (typeof value === "number" || typeof value === "bigint" || typeof value === "symbol") {
    if (syscall === "fstat") judge(nodeFs.readFileSync, value);
    else judge(nodeFs.writeFileSync, value, "");
  }
  return pathArgument(value, "path");
}

/** Options of a call as a record, a text being the encoding. Throws Node's complaints about them. */
export function optionsArgument(value: unknown): Record<string, unknown> {
  if (value === null || value === undefined || typeof value === "function") return {};
  judge(nodeFs.readlinkSync, "", value);
  return typeof value === "string" ? { encoding: value } : { ...(value as Record<string, unknown>) };
}

const { O_APPEND, O_CREAT, O_EXCL, O_RDONLY, O_RDWR, O_SYNC, O_TRUNC, O_WRONLY } = nodeFs.constants;
const FLAGS: ReadonlyMap<unknown, number> = new Map(
  Object.entries({
    r: O_RDONLY,
    rs: O_RDONLY | O_SYNC,
    "r+": O_RDWR,
    "rs+": O_RDWR | O_SYNC,
    w: O_TRUNC | O_CREAT | O_WRONLY,
    wx: O_TRUNC | O_CREAT | O_WRONLY | O_EXCL,
    "w+": O_TRUNC | O_CREAT | O_RDWR,
    "wx+": O_TRUNC | O_CREAT | O_RDWR | O_EXCL,
    a: O_APPEND | O_CREAT | O_WRONLY,
    ax: O_APPEND | O_CREAT | O_WRONLY | O_EXCL,
    as: O_APPEND | O_CREAT | O_WRONLY | O_SYNC,
    "a+": O_APPEND | O_CREAT | O_RDWR,
    "ax+": O_APPEND | O_CREAT | O_RDWR | O_EXCL,
    "as+": O_APPEND | O_CREAT | O_RDWR | O_SYNC,
  }).flatMap(([name, flags]): [string, number][] =>
    // Node takes the x and the s before or after.
    [
      [name, flags],
      [name.replace(/^(.)([xs])/, "$2$1"), flags],
    ],
  ),
);
const KNOWN_FLAGS = O_RDONLY | O_WRONLY | O_RDWR | O_CREAT | O_EXCL | O_TRUNC | O_APPEND | O_SYNC;

/** Number of a `flag` option. Throws Node's `ERR_INVALID_ARG_VALUE`; ignores flags that only devices understand. */
export function flagsArgument(value: unknown, fallback: string): number {
  const flag = value ?? fallback;
  const named = FLAGS.get(flag);
  if (named !== undefined) return named;
  judge(nodeFs.openSync, "", flag);
  return typeof flag === "number" ? flag & KNOWN_FLAGS : O_RDONLY;
}

/**
 * Node accepts modes up to 2³² − 1, and above 2³¹ − 1 an assertion then ends the whole process. The system looks at the
 * lowest twelve bits only, so those are what is passed on.
 */
function withoutHighBits(mode: unknown): unknown {
  const number = typeof mode === "string" && /^[0-7]+$/.test(mode) ? Number.parseInt(mode, 8) : mode;
  const isHigh = typeof number === "number" && number > 0x7fff_ffff && number <= 0xffff_ffff;
  return isHigh && Number.isInteger(number) ? number & 0o7777 : mode;
}

/** Mode of a new file. Throws Node's complaints about `mode`. */
export function modeArgument(given: unknown, fallback: number): number {
  if (given === undefined || given === null) return fallback;
  const value = withoutHighBits(given);
  judge(nodeFs.openSync, "", "r", value);
  return typeof value === "string" ? Number.parseInt(value, 8) : Number(value);
}

/** Data to write. Throws Node's complaint about anything that is neither text nor bytes. */
export function dataArgument(value: unknown): string | Uint8Array {
  if (typeof value === "string" || value instanceof Uint8Array) return value;
  // The highest possible number of an open file: Node refuses the data before it looks.
  (nodeFs.writeFileSync as AnyFunction)(2 ** 31 - 1, value);
  throw new TypeError('The "data" argument must be text or bytes.');
}

/** Throws Node's complaints about the mode of `access`. */
export function accessMode(value: unknown): number {
  judge(nodeFs.accessSync, "", value);
  return typeof value === "number" ? value : nodeFs.constants.F_OK;
}

/** Throws Node's complaints about the mode of `copyFile`. */
export function copyMode(value: unknown): number {
  judge(nodeFs.copyFileSync, "", "", value);
  return typeof value === "number" ? value : 0;
}

/** Throws Node's complaints about the options of `mkdir`. */
export function mkdirOptions(given: unknown): { recursive: boolean; mode: number } {
  const value =
    typeof given === "object" && given !== null
      ? { ...given, ...("mode" in given ? { mode: withoutHighBits(given.mode) } : {}) }
      : withoutHighBits(given);
  judge(nodeFs.mkdirSync, "", value);
  if (typeof value === "number" || typeof value === "string")
    return { recursive: false, mode: modeArgument(value, 0o777) };
  const options = typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  return { recursive: options["recursive"] === true, mode: modeArgument(options["mode"], 0o777) };
}

/** Throws Node's complaints about the options of `readdir`. */
export function readdirOptions(value: unknown): {
  encoding: BufferEncoding | "buffer";
  withFileTypes: boolean;
  recursive: boolean;
} {
  const options = optionsArgument(value);
  judge(nodeFs.readdirSync, "", { recursive: options["recursive"] });
  return {
    encoding: encodingOf(options["encoding"]) ?? "utf8",
    withFileTypes: Boolean(options["withFileTypes"]),
    recursive: options["recursive"] === true,
  };
}

/** An encoding that `optionsArgument` has let pass. */
export function encodingOf(value: unknown): BufferEncoding | undefined {
  // "buffer" is let pass, too; whoever cannot use it lets Node say so.
  return typeof value === "string" && value !== "" ? (value as BufferEncoding) : undefined;
}

/** Throws Node's complaints about the options of `rm`. */
export function rmOptions(value: unknown): { force: boolean; recursive: boolean } {
  const options = typeof value === "object" && value !== null ? (value as Record<string, unknown>) : value;
  judge(nodeFs.rmSync, "", options);
  const fields = (typeof options === "object" ? options : {}) as Record<string, unknown>;
  return { force: fields["force"] === true, recursive: fields["recursive"] === true };
}

/** Throws Node's complaints about the options of `stat`. */
export function statOptions(value: unknown): { bigint: boolean; throwIfNoEntry: boolean } {
  const options = typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  return { bigint: Boolean(options["bigint"]), throwIfNoEntry: options["throwIfNoEntry"] !== false };
}
