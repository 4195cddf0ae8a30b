import type { WireValue } from "../../modules/record";

/** How one argument of the guest travels; two bits each. The guest's side is `main/vm/guest/wire.ts`. */
export const ARGUMENT_MODE = { raw: 0, json: 1, bytes: 2, longText: 3 } as const;

/** A value on its way into the guest. */
export type Encoded =
  | { readonly kind: "raw"; readonly value: undefined | null | boolean | number | string }
  | { readonly kind: "bytes"; readonly bytes: Uint8Array }
  | {
      readonly kind: "json";
      readonly text: string;
      /** Whether the text contains anything that JSON does not know. */
      readonly tagged: boolean;
      readonly bytes: Uint8Array | undefined;
    };

/** Text that survives the engine's C strings: they end at NUL and mangle lone surrogates. */
export function isPlainText(text: string): boolean {
  // ES2024: Node has it, the compiler's library does not know it yet.
  return !text.includes("\0") && (text as string & { isWellFormed(): boolean }).isWellFormed();
}

/** Throws a `TypeError` for what is no {@link WireValue}: functions, symbols, cycles. */
export function encode(value: WireValue | void): Encoded {
  switch (typeof value) {
    case "undefined":
    case "boolean":
    case "number":
      return { kind: "raw", value };
    case "string":
      return isPlainText(value)
        ? { kind: "raw", value }
        : { kind: "json", text: JSON.stringify(value), tagged: false, bytes: undefined };
    case "object":
      if (value === null) return { kind: "raw", value };
      if (value instanceof Uint8Array) return { kind: "bytes", bytes: value };
      break;
    default:
      break;
  }
  const tree = new TreeEncoder();
  const prepared = tree.prepare(value);
  return { kind: "json", text: JSON.stringify(prepared), tagged: tree.tagged, bytes: tree.allBytes() };
}

class TreeEncoder {
  tagged = false;
  private readonly chunks: Uint8Array[] = [];
  private byteLength = 0;

  /** The value itself where JSON can carry it, otherwise a copy with tags. Cycles end in JSON.stringify's error. */
  prepare(value: unknown, depth = 0): unknown {
    switch (typeof value) {
      case "string":
      case "boolean":
        return value;
      case "number":
        if (Number.isFinite(value) && !Object.is(value, -0)) return value;
        return this.tag("n", Object.is(value, -0) ? "-0" : String(value));
      case "bigint":
        return this.tag("i", String(value));
      case "undefined":
        return this.tag("u");
      case "object":
        if (value === null) return value;
        if (depth > 1000) throw new TypeError("A value of the host is nested too deeply or contains itself.");
        if (value instanceof Uint8Array) return this.keep(value);
        return Array.isArray(value) ? this.prepareArray(value, depth) : this.prepareRecord(value, depth);
      default:
        throw new TypeError(`A ${typeof value} cannot be passed into the engine.`);
    }
  }

  allBytes(): Uint8Array | undefined {
    return this.chunks.length === 0 ? undefined : Buffer.concat(this.chunks);
  }

  private prepareArray(value: readonly unknown[], depth: number): unknown {
    let copy: unknown[] | undefined;
    for (let index = 0; index < value.length; index++) {
      const item = value[index];
      const prepared = this.prepare(item, depth + 1);
      if (prepared !== item) (copy ??= [...value])[index] = prepared;
    }
    return copy ?? value;
  }

  private prepareRecord(value: object, depth: number): unknown {
    const entries = Object.entries(value) as [string, unknown][];
    let changed = false;
    for (const entry of entries) {
      const prepared = this.prepare(entry[1], depth + 1);
      changed ||= prepared !== entry[1];
      entry[1] = prepared;
    }
    if (entries.length === 1 && entries[0]?.[0] === "$") return this.tag("o", { $: entries[0][1] });
    // fromEntries defines properties, so a key `__proto__` stays a key.
    return changed || Object.hasOwn(value, "__proto__") ? Object.fromEntries(entries) : value;
  }

  private keep(bytes: Uint8Array): unknown {
    const offset = this.byteLength;
    this.chunks.push(bytes);
    this.byteLength += bytes.length;
    return this.tag("b", offset, bytes.length);
  }

  private tag(...parts: unknown[]): unknown {
    this.tagged = true;
    return { $: parts };
  }
}

/** Reads a JSON text of the guest. Throws a `TypeError` when it is none: then somebody forged a call. */
export function decode(text: string, bytes: Uint8Array): WireValue {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw new TypeError("An argument could not be read.");
  }
  return text.includes('{"$":[') ? revive(parsed, bytes) : trusted(parsed);
}

/** What `JSON.parse` gives is a wire value already; its type cannot say so. */
function trusted(value: unknown): WireValue {
  return value as WireValue;
}

function revive(value: unknown, bytes: Uint8Array): WireValue {
  if (typeof value !== "object" || value === null) return trusted(value);
  if (Array.isArray(value)) return value.map((item) => revive(item, bytes));
  const entries = Object.entries(value);
  const only = entries.length === 1 ? entries[0] : undefined;
  if (only?.[0] === "$" && Array.isArray(only[1])) return untag(only[1], bytes);
  return Object.fromEntries(entries.map(([key, item]) => [key, revive(item, bytes)]));
}

function untag(tag: readonly unknown[], bytes: Uint8Array): WireValue {
  const [kind, first, second] = tag;
  switch (kind) {
    case "n":
      return Number(first);
    case "i":
      return typeof first === "string" && /^-?\d+$/.test(first) ? BigInt(first) : undefined;
    case "b":
      return bytes.slice(Number(first), Number(first) + Number(second));
    case "o": {
      const inner = typeof first === "object" && first !== null ? Object.entries(first)[0] : undefined;
      return inner === undefined ? {} : { [inner[0]]: revive(inner[1], bytes) };
    }
    default:
      return undefined;
  }
}
