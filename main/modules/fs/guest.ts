import type { GuestBridge, GuestFactory } from "../../vm/guest/bridge";
import { encodeArguments } from "../guest/arguments";
import { invalidArgType } from "../guest/node-errors";
import { Dirent, makeStats, Stats, type WireEntry } from "./guest/results";

const CALLS = [
  "readFile",
  "writeFile",
  "appendFile",
  "exists",
  "access",
  "mkdir",
  "readdir",
  "stat",
  "lstat",
  "unlink",
  "rename",
  "copyFile",
  "rm",
  "mkdtemp",
] as const;
type CallName = (typeof CALLS)[number];
type Callback = (...args: unknown[]) => void;

interface Signal {
  readonly aborted: boolean;
  readonly reason: unknown;
  addEventListener(type: "abort", listener: () => void): void;
  removeEventListener(type: "abort", listener: () => void): void;
}

/** Bytes are a Buffer, as in Node: a Uint8Array that also knows encodings. */
function makeBytes(bridge: GuestBridge): (bytes: Uint8Array) => Uint8Array {
  interface BufferModule {
    readonly Buffer: { from(data: ArrayBufferLike, offset: number, length: number): Uint8Array };
  }
  let buffer: BufferModule | undefined;
  return (bytes) => {
    buffer ??= bridge.internal("buffer") as BufferModule;
    return buffer.Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  };
}

/** What the host half answered, as a script gets it. */
function makeRevive(bytes: (bytes: Uint8Array) => Uint8Array): (call: CallName, answer: unknown) => unknown {
  const name = (value: string | Uint8Array): string | Uint8Array =>
    typeof value === "string" ? value : bytes(value);
  return (call, answer) => {
    if (answer instanceof Uint8Array) return bytes(answer);
    if ((call === "stat" || call === "lstat") && answer !== undefined)
      return makeStats(answer as Record<string, number | bigint>);
    if (call === "readdir") {
      const listing = answer as { names?: (string | Uint8Array)[]; entries?: WireEntry[] };
      if (listing.entries !== undefined)
        return listing.entries.map((entry) => new Dirent(name(entry.name), entry.kind, entry.parent));
      return (listing.names ?? []).map(name);
    }
    return answer;
  };
}

function signalOf(args: readonly unknown[]): Signal | undefined {
  for (const options of args.slice(1)) {
    if (typeof options !== "object" || options === null || ArrayBuffer.isView(options)) continue;
    const { signal } = options as { signal?: unknown };
    if (signal === undefined) continue;
    if (typeof signal !== "object" || signal === null || !("aborted" in signal)) {
      throw invalidArgType("options.signal", "an instance of AbortSignal", signal);
    }
    return signal as Signal;
  }
  return undefined;
}

function abortError(signal: Signal): Error {
  const error = new Error("The operation was aborted", { cause: signal.reason });
  error.name = "AbortError";
  return Object.assign(error, { code: "ABORT_ERR" });
}

/** Rejects as soon as the signal is aborted. The host's work goes on to its end; nobody looks at the result. */
async function abortable<T>(work: () => Promise<T>, signal: Signal | undefined): Promise<T> {
  if (signal === undefined) return work();
  if (signal.aborted) throw abortError(signal);
  let abort: () => void = () => undefined;
  const aborted = new Promise<never>((_resolve, reject) => {
    abort = () => reject(abortError(signal));
  });
  signal.addEventListener("abort", abort);
  try {
    return await Promise.race([work(), aborted]);
  } finally {
    signal.removeEventListener("abort", abort);
  }
}

function nameFunction(fn: (...args: unknown[]) => unknown, name: string): (...args: unknown[]) => unknown {
  return Object.defineProperty(fn, "name", { value: name });
}

const factory: GuestFactory = (bridge) => {
  const revive = makeRevive(makeBytes(bridge));

  const asPromise = async (call: CallName, args: readonly unknown[]): Promise<unknown> => {
    const signal = signalOf(args);
    return abortable(
      async () => revive(call, await bridge.callAsync(call, ...encodeArguments(args))),
      signal,
    );
  };

  /** Node's form with a callback; `exists` alone calls back without an error first. */
  const withCallback = (call: CallName, args: readonly unknown[], callback: Callback): void => {
    asPromise(call, args).then(
      (result) =>
        call === "exists" ? callback(result) : result === undefined ? callback(null) : callback(null, result),
      (error: unknown) => (call === "exists" ? callback(false) : callback(error)),
    );
  };

  const fs: Record<string, unknown> = { Stats, Dirent, constants: Object.freeze(bridge.call("constants")) };
  const promises: Record<string, unknown> = { constants: fs["constants"] };
  for (const call of CALLS) {
    fs[call] = nameFunction((...args) => {
      const last = args.at(-1);
      if (typeof last === "function" && args.length > 1)
        return withCallback(call, args.slice(0, -1), last as Callback);
      return asPromise(call, args);
    }, call);
    promises[call] = nameFunction((...args) => asPromise(call, args), call);
    const sync = `${call}Sync`;
    fs[sync] = nameFunction((...args) => {
      const answer = bridge.call(sync, ...encodeArguments(args));
      return typeof answer === "object" ? revive(call, answer) : answer;
    }, sync);
  }
  fs["promises"] = promises;
  return fs;
};

export default factory;
