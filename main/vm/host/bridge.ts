import type { HostFunction, WireValue } from "../../modules/record";
import { WorkbenchError } from "../../../shared/model/error";
import { EngineThrow, type Engine, type Handle, type HostArguments, type HostReply } from "../engine/engine";
import { describeHostError } from "./host-error";
import { ARGUMENT_MODE, decode, encode, type Encoded } from "./wire";

/** Whether a host function computes (then its time counts as computing) or waits for the machine. */
export type HostWork = "computes" | "waits";

/** A function of the runtime itself; unlike a module's it may give a value of the engine. */
export type InternalFunction = (...args: never[]) => WireValue | void | Handle;

/** What the execution that runs wants to know about calls. */
export interface BridgeHooks {
  hostCall(): void;
  /** Runs something that waits without computing. */
  whileWaiting<T>(work: () => T): T;
  /** A promise of the host has settled: `deliver()` has something to do. */
  settled(): void;
  /** Most bytes of arguments that calls under way may hold at one time. */
  readonly memoryBytes: number;
}

/** The prelude's functions that the bridge calls. */
export interface BridgeGuest {
  readonly decodeJson: Handle;
  readonly decodeBytes: Handle;
  readonly decodeError: Handle;
  readonly encodeText: Handle;
  readonly settle: Handle;
}

interface Entry {
  readonly name: string;
  readonly call: (...args: WireValue[]) => unknown;
  readonly work: HostWork;
}

type Settlement = { readonly call: number } & (
  { readonly ok: true; readonly value: WireValue | void } | { readonly ok: false; readonly error: unknown }
);

/** Bits of one argument's mode, and the number of arguments whose modes fit a number exactly. */
const MODE_STEP = 4;
const MAX_ARGUMENTS = 24;

/**
 * The one place through which code inside the VM calls the host. Whatever a script passes, also through a forged call,
 * either reaches a function that this session really has, as plain copied data, or throws inside the VM.
 */
export class Bridge {
  private readonly entries: Entry[] = [];
  private guest: BridgeGuest | undefined;
  private settlements: Settlement[] = [];
  /** Calls that the host works on, with the bytes of their arguments. */
  private readonly waiting = new Map<number, number>();
  private bytesWaiting = 0;

  constructor(
    private readonly engine: Engine,
    private readonly hooks: BridgeHooks,
  ) {}

  /** Gives the number under which the guest calls the function. */
  register(name: string, call: HostFunction | InternalFunction, work: HostWork): number {
    // Arguments are data of a script: every function checks its own.
    this.entries.push({ name, call: call as (...args: WireValue[]) => unknown, work });
    return this.entries.length - 1;
  }

  /** Numbers of a whole set of functions. */
  registerAll(
    functions: Readonly<Record<string, HostFunction | InternalFunction>>,
    work: HostWork,
  ): Record<string, number> {
    return Object.fromEntries(
      Object.entries(functions).map(([name, call]) => [name, this.register(name, call, work)]),
    );
  }

  connect(guest: BridgeGuest): void {
    this.guest = guest;
  }

  /** `(id, modes, ...args)` → result. */
  readonly callSync = (args: HostArguments): HostReply => {
    this.hooks.hostCall();
    let result: unknown;
    try {
      const entry = this.entryOf(args.number(0));
      const values = this.readArguments(args, 1);
      result =
        entry.work === "waits" ? this.hooks.whileWaiting(() => entry.call(...values)) : entry.call(...values);
    } catch (error) {
      throw this.toThrow(error);
    }
    return this.reply(result);
  };

  /** `(call, id, modes, ...args)`: the answer comes through the guest's `settle`. */
  readonly callAsync = (args: HostArguments): HostReply => {
    this.hooks.hostCall();
    const call = args.number(0);
    let promise: Promise<WireValue | void>;
    let bytes = 0;
    try {
      const entry = this.entryOf(args.number(1));
      const values = this.readArguments(args, 2);
      bytes = this.withRoom(values.reduce((sum: number, value) => sum + sizeOf(value), 0));
      // Copied values: what the function gives is a wire value or a promise of one, by its type.
      promise = Promise.resolve(entry.call(...values) as WireValue | void | Promise<WireValue | void>);
    } catch (error) {
      promise = Promise.reject(error instanceof Error ? error : new Error(String(error)));
    }
    this.waiting.set(call, bytes);
    this.bytesWaiting += bytes;
    promise.then(
      (value) => this.settle({ call, ok: true, value }),
      (error: unknown) => this.settle({ call, ok: false, error }),
    );
    return undefined;
  };

  /** Promises of the host that the guest waits for. */
  get pending(): number {
    return this.waiting.size;
  }

  get hasSettlements(): boolean {
    return this.settlements.length > 0;
  }

  /** Tells the guest about the next promise that has settled; gives what the guest threw, if it did. */
  deliverOne(): Handle | undefined {
    const next = this.settlements.shift();
    if (next === undefined) return undefined;
    this.bytesWaiting -= this.waiting.get(next.call) ?? 0;
    this.waiting.delete(next.call);
    const { settle } = this.connected();
    let value: HostReply;
    let ok = next.ok;
    try {
      value = next.ok ? this.reply(next.value) : this.errorHandle(next.error);
    } catch (thrown) {
      if (!(thrown instanceof EngineThrow)) throw thrown;
      value = thrown.error;
      ok = false;
    }
    const argument = value instanceof Uint8Array ? this.engine.newArrayBuffer(value) : value;
    const completion = this.engine.call(settle, next.call, ok, argument);
    if (isHandle(argument)) argument.dispose();
    if (!completion.ok) return completion.error;
    completion.value.dispose();
    return undefined;
  }

  /** Forgets everything that the host still works on; the guest rejects its promises itself. */
  forgetPending(): void {
    this.waiting.clear();
    this.bytesWaiting = 0;
    this.settlements = [];
  }

  /**
   * The bytes, if the arguments of the calls under way may grow by them. A script can hand over one value a thousand times,
   * and each call has a copy in the memory of the application.
   */
  private withRoom(bytes: number): number {
    if (this.bytesWaiting + bytes <= this.hooks.memoryBytes) return bytes;
    throw new WorkbenchError(
      "MEMORY_LIMIT_EXCEEDED",
      `Calls that are under way hold more than the memory of the session, ${this.hooks.memoryBytes / 1024 / 1024} MB (limits.memoryMb). Await some of them before making more.`,
    );
  }

  /** The error inside the VM that stands for an error of the host. The caller owns the handle. */
  errorHandle(error: unknown): Handle {
    const encoded = encode(describeHostError(error));
    if (encoded.kind !== "json") throw new Error("An error was not encoded as JSON.");
    return this.callDecoder(this.connected().decodeError, encoded);
  }

  /** What to throw so that the engine throws this error; a trap of the engine itself stays what it is. */
  toThrow(error: unknown): Error {
    if (error instanceof EngineThrow || error instanceof WebAssembly.RuntimeError) return error;
    return new EngineThrow(this.errorHandle(error));
  }

  /** A value inside the VM. Throws {@link EngineThrow} when the engine cannot take it. */
  reply(value: unknown): HostReply {
    if (isHandle(value)) return value;
    let encoded: Encoded;
    try {
      // By type a wire value; encode() checks what its types promise.
      encoded = encode(value as WireValue);
    } catch (error) {
      throw this.toThrow(error);
    }
    switch (encoded.kind) {
      case "raw":
        return encoded.value;
      case "bytes": {
        const buffer = this.engine.newArrayBuffer(encoded.bytes);
        try {
          return this.unwrap(this.engine.call(this.connected().decodeBytes, buffer));
        } finally {
          buffer.dispose();
        }
      }
      case "json":
        return this.callDecoder(this.connected().decodeJson, encoded);
    }
  }

  private settle(settlement: Settlement): void {
    // Cancelled meanwhile: the guest has been told.
    if (!this.waiting.has(settlement.call)) return;
    this.settlements.push(settlement);
    this.hooks.settled();
  }

  private callDecoder(decoder: Handle, encoded: Extract<Encoded, { kind: "json" }>): Handle {
    const buffer = encoded.bytes === undefined ? undefined : this.engine.newArrayBuffer(encoded.bytes);
    try {
      return this.unwrap(this.engine.call(decoder, encoded.text, encoded.tagged, buffer));
    } finally {
      buffer?.dispose();
    }
  }

  private unwrap(completion: ReturnType<Engine["call"]>): Handle {
    if (completion.ok) return completion.value;
    throw new EngineThrow(completion.error);
  }

  private entryOf(id: number): Entry {
    const entry = Number.isInteger(id) ? this.entries[id] : undefined;
    if (entry === undefined) throw new TypeError("There is no such host function.");
    return entry;
  }

  private readArguments(args: HostArguments, modesAt: number): WireValue[] {
    let modes = args.number(modesAt);
    const first = modesAt + 1;
    if (modes === 0) {
      const values: WireValue[] = [];
      for (let index = first; index < args.length; index++) values.push(readRaw(args, index));
      return values;
    }
    if (!(modes > 0) || args.length - first > MAX_ARGUMENTS)
      throw new TypeError("The arguments could not be read.");
    const modesOf: number[] = [];
    while (modes > 0) {
      modesOf.push(modes % MODE_STEP);
      modes = Math.floor(modes / MODE_STEP);
    }
    // Behind the arguments: the lengths of long texts, then the bytes to which JSON texts refer.
    const longTexts = modesOf.filter((mode) => mode === ARGUMENT_MODE.longText).length;
    const last = args.length - 1;
    const hasBytes = modesOf.includes(ARGUMENT_MODE.json) && args.kind(last) === "other";
    const bytes = hasBytes ? args.bytes(last) : new Uint8Array(0);
    const end = args.length - longTexts - (hasBytes ? 1 : 0);
    const values: WireValue[] = [];
    let lengthAt = end;
    for (let at = first; at < end; at++) {
      switch (modesOf[at - first]) {
        case ARGUMENT_MODE.json:
          values.push(decode(args.string(at), bytes));
          break;
        case ARGUMENT_MODE.bytes:
          values.push(args.bytes(at));
          break;
        case ARGUMENT_MODE.longText:
          values.push(this.readLongText(args, at, args.number(lengthAt++)));
          break;
        default:
          values.push(readRaw(args, at));
      }
    }
    return values;
  }

  /** The engine's C strings end at NUL and mangle lone surrogates; then the text is asked for as JSON. */
  private readLongText(args: HostArguments, index: number, length: number): string {
    const text = args.string(index);
    if (text.length === length && !text.includes("\uFFFD")) return text;
    const handle = args.handle(index);
    const completion = this.engine.call(this.connected().encodeText, handle);
    handle.dispose();
    const json = this.unwrap(completion);
    const encoded = this.engine.toPrimitive(json);
    json.dispose();
    if (typeof encoded !== "string") throw new TypeError("The arguments could not be read.");
    return String(decode(encoded, new Uint8Array(0)));
  }

  private connected(): BridgeGuest {
    if (this.guest === undefined) throw new Error("The guest half of the bridge is not connected.");
    return this.guest;
  }
}

function readRaw(args: HostArguments, index: number): WireValue {
  switch (args.kind(index)) {
    case "string":
      return args.string(index);
    case "number":
      return args.number(index);
    case "boolean":
      return args.boolean(index);
    case "null":
      return null;
    case "undefined":
      return undefined;
    case "other":
      throw new TypeError("The arguments could not be read.");
  }
}

/** About the bytes that an argument takes. */
function sizeOf(value: WireValue): number {
  if (typeof value === "string") return value.length * 2;
  if (typeof value !== "object" || value === null) return 8;
  if (value instanceof Uint8Array) return value.byteLength;
  let bytes = 16;
  for (const inner of Object.values<WireValue>(value)) bytes += sizeOf(inner);
  return bytes;
}

function isHandle(value: unknown): value is Handle {
  return typeof value === "object" && value !== null && "dispose" in value && "dup" in value;
}
