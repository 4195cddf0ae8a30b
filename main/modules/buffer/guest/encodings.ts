import type { GuestBridge } from "../../../vm/guest/bridge";

export type Encoding = "utf8" | "utf16le" | "latin1" | "ascii" | "base64" | "base64url" | "hex";

const NAMES: ReadonlyMap<string, Encoding> = new Map<string, Encoding>([
  ["utf8", "utf8"],
  ["utf-8", "utf8"],
  ["ucs2", "utf16le"],
  ["ucs-2", "utf16le"],
  ["utf16le", "utf16le"],
  ["utf-16le", "utf16le"],
  ["latin1", "latin1"],
  ["binary", "latin1"],
  ["ascii", "ascii"],
  ["base64", "base64"],
  ["base64url", "base64url"],
  ["hex", "hex"],
]);

/** The encoding that a name stands for, whatever its case; `undefined` for an unknown name. */
export function encodingNamed(name: unknown): Encoding | undefined {
  return typeof name === "string" ? NAMES.get(name.toLowerCase()) : undefined;
}

/** `ERR_UNKNOWN_ENCODING` unless the name is known; `utf8` when it is left out. */
export function requireEncoding(name: unknown): Encoding {
  if (name === undefined || name === null || name === "") return "utf8";
  const encoding = encodingNamed(name);
  if (encoding !== undefined) return encoding;
  throw Object.assign(new TypeError(`Unknown encoding: ${String(name)}`), { code: "ERR_UNKNOWN_ENCODING" });
}

/** Text to bytes and back. */
export interface Codec {
  encode(text: string, encoding: Encoding): Uint8Array;
  decode(bytes: Uint8Array, encoding: Encoding): string;
  byteLength(text: string, encoding: Encoding): number;
}

/** Node's encoders, in the host half. */
export function createCodec(bridge: GuestBridge): Codec {
  return {
    encode: (text, encoding) => bridge.call("encode", text, encoding) as Uint8Array,
    // A plain Uint8Array of its own: a view of a large buffer must not drag the whole buffer along.
    decode: (bytes, encoding) =>
      bridge.call("decode", Uint8Array.prototype.slice.call(bytes), encoding) as string,
    byteLength: (text, encoding) => bridge.call("byteLength", text, encoding) as number,
  };
}
