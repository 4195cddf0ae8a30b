import type { Handle, HostArguments, Primitive } from "./engine";
import type { QuickJSFunctions } from "./quickjs-ffi";
import type { EngineMemory } from "./quickjs-memory";

// Upper halves of the engine's 64-bit values (NaN boxing); what is none of these is a float.
const TAG = {
  bigInt: -9,
  symbol: -8,
  string: -7,
  stringRope: -6,
  object: -1,
  int: 0,
  bool: 1,
  null: 2,
  undefined: 3,
} as const;
const LAST_TAG = TAG.undefined + 4;

/** Bytes of one value in the engine's memory. */
export const VALUE_BYTES = 8;

/** Reads, makes and frees the engine's values by their addresses. */
export class QuickJSValues {
  readonly constants: {
    readonly undefined: number;
    readonly null: number;
    readonly true: number;
    readonly false: number;
  };

  constructor(
    readonly memory: EngineMemory,
    private readonly ffi: QuickJSFunctions,
    private readonly contextPointer: number,
  ) {
    this.constants = {
      undefined: ffi.QTS_GetUndefined(),
      null: ffi.QTS_GetNull(),
      true: ffi.QTS_GetTrue(),
      false: ffi.QTS_GetFalse(),
    };
  }

  /** Takes over a value pointer made by the library or by the C functions. */
  adopt(pointer: number): Handle {
    return new PointerHandle(this, pointer) as unknown as Handle;
  }

  free(pointer: number): void {
    this.ffi.QTS_FreeValuePointer(this.contextPointer, pointer);
  }

  dup(pointer: number): number {
    return this.ffi.QTS_DupValuePointer(this.contextPointer, pointer);
  }

  isObjectAt(pointer: number): boolean {
    return this.tagAt(pointer) === TAG.object;
  }

  /** The value's 64 bits: equal for the same object. */
  bitsAt(pointer: number): bigint {
    const low = BigInt(this.memory.word(pointer) >>> 0);
    return (BigInt(this.tagAt(pointer) >>> 0) << 32n) | low;
  }

  /** What a host function sees of a value: see `HostArguments.kind`. */
  kindAt(pointer: number): ReturnType<HostArguments["kind"]> {
    const tag = this.tagAt(pointer);
    switch (tag) {
      case TAG.string:
      case TAG.stringRope:
        return "string";
      case TAG.int:
        return "number";
      case TAG.undefined:
        return "undefined";
      case TAG.null:
        return "null";
      case TAG.bool:
        return "boolean";
      default:
        return isFloat(tag) ? "number" : "other";
    }
  }

  /** The primitive at an address; `undefined` for objects, symbols and bigints. */
  primitiveAt(pointer: number): Primitive {
    const tag = this.tagAt(pointer);
    switch (tag) {
      case TAG.int:
        return this.memory.word(pointer);
      case TAG.string:
      case TAG.stringRope:
        return this.textAt(pointer);
      case TAG.undefined:
        return undefined;
      case TAG.null:
        return null;
      case TAG.bool:
        return this.memory.word(pointer) !== 0;
      default:
        return isFloat(tag) ? this.numberAt(pointer) : undefined;
    }
  }

  /** Whether the engine's answer at an address is a number and not a thrown value. */
  isCountAt(pointer: number): boolean {
    const tag = this.tagAt(pointer);
    return tag === TAG.int || tag > TAG.undefined || tag < TAG.bigInt;
  }

  numberAt(pointer: number): number {
    return this.ffi.QTS_GetFloat64(this.contextPointer, pointer);
  }

  bytesAt(pointer: number): Uint8Array {
    const length = this.ffi.QTS_GetArrayBufferLength(this.contextPointer, pointer);
    if (length <= 0) return new Uint8Array(0);
    const copy = this.ffi.QTS_GetArrayBuffer(this.contextPointer, pointer) >>> 0;
    if (copy === 0) return new Uint8Array(0);
    const bytes = this.memory.readBytes(copy, length);
    this.memory.free(copy);
    return bytes;
  }

  newPrimitive(value: Primitive): number {
    if (typeof value === "number") return this.ffi.QTS_NewFloat64(this.contextPointer, value);
    if (typeof value === "boolean") return this.dup(value ? this.constants.true : this.constants.false);
    if (value === undefined) return this.dup(this.constants.undefined);
    if (value === null) return this.dup(this.constants.null);
    const { pointer } = this.memory.writeText(value);
    const text = this.ffi.QTS_NewString(this.contextPointer, pointer);
    this.memory.free(pointer);
    return text;
  }

  newBuffer(bytes: Uint8Array): number {
    const pointer = this.memory.writeBytes(bytes);
    return this.ffi.QTS_NewArrayBuffer(this.contextPointer, pointer, bytes.length);
  }

  /**
   * Address of a value to pass to the engine: a handle's own, a constant, or a new value, which is added to `made` for the
   * caller to free.
   */
  lend(value: Primitive | Handle, made: number[]): number {
    switch (value) {
      case undefined:
        return this.constants.undefined;
      case null:
        return this.constants.null;
      case true:
        return this.constants.true;
      case false:
        return this.constants.false;
      default: {
        if (typeof value === "object") return pointerOf(value);
        const pointer = this.newPrimitive(value);
        made.push(pointer);
        return pointer;
      }
    }
  }

  /** Upper half of the value at an address. */
  private tagAt(pointer: number): number {
    return this.memory.word((pointer >>> 0) + 4);
  }

  private textAt(pointer: number): string {
    const text = this.ffi.QTS_GetString(this.contextPointer, pointer) >>> 0;
    if (text === 0) return "";
    const result = this.memory.readText(text);
    this.ffi.QTS_FreeCString(this.contextPointer, text);
    return result;
  }
}

function isFloat(tag: number): boolean {
  return tag > LAST_TAG || tag < TAG.bigInt;
}

class PointerHandle {
  private alive = true;

  constructor(
    private readonly values: QuickJSValues,
    readonly pointer: number,
  ) {}

  dispose(): void {
    if (!this.alive) throw new Error("A value of the engine was disposed of twice.");
    this.alive = false;
    this.values.free(this.pointer);
  }

  dup(): Handle {
    return this.values.adopt(this.values.dup(this.pointer));
  }
}

/** Address of the value that a handle stands for. */
export function pointerOf(handle: Handle): number {
  if (!(handle instanceof PointerHandle)) throw new Error("A handle of another engine was passed.");
  return handle.pointer;
}

/** {@link HostArguments} over the list of values that the engine passes to a function. */
export class ArgumentsView implements HostArguments {
  constructor(
    private readonly values: QuickJSValues,
    readonly length: number,
    private readonly start: number,
  ) {}

  kind(index: number): ReturnType<HostArguments["kind"]> {
    return index < this.length ? this.values.kindAt(this.start + index * VALUE_BYTES) : "undefined";
  }

  boolean(index: number): boolean {
    return this.primitive(index) === true;
  }

  number(index: number): number {
    const value = this.primitive(index);
    return typeof value === "number" ? value : NaN;
  }

  string(index: number): string {
    const value = this.primitive(index);
    return typeof value === "string" ? value : "";
  }

  bytes(index: number): Uint8Array {
    return index < this.length ? this.values.bytesAt(this.start + index * VALUE_BYTES) : new Uint8Array(0);
  }

  handle(index: number): Handle {
    const pointer = index < this.length ? this.start + index * VALUE_BYTES : this.values.constants.undefined;
    return this.values.adopt(this.values.dup(pointer));
  }

  private primitive(index: number): Primitive {
    return index < this.length ? this.values.primitiveAt(this.start + index * VALUE_BYTES) : undefined;
  }
}
