import { isAscii, isUtf8, transcode } from "node:buffer";
import type { HostModule } from "../record";

const encodings = new Set(["utf8", "utf16le", "latin1", "ascii", "base64", "base64url", "hex"]);

function checkEncoding(encoding: unknown): BufferEncoding {
  if (typeof encoding === "string" && encodings.has(encoding)) return encoding as BufferEncoding;
  throw new TypeError("Unknown encoding.");
}

const plain = (bytes: Uint8Array): Uint8Array => new Uint8Array(bytes);

/** The host half turns text into bytes and back with Node's own encoders: exact, and fast for large values. */
export function createBufferHost(): HostModule {
  return {
    functions: {
      encode: (text: string, encoding: string): Uint8Array =>
        plain(Buffer.from(String(text), checkEncoding(encoding))),
      decode: (bytes: Uint8Array, encoding: string): string =>
        Buffer.from(bytes).toString(checkEncoding(encoding)),
      byteLength: (text: string, encoding: string): number =>
        Buffer.byteLength(String(text), checkEncoding(encoding)),
      transcode: (bytes: Uint8Array, from: string, to: string): Uint8Array =>
        plain(transcode(bytes, from as "utf8", to as "utf8")),
      isAscii: (bytes: Uint8Array): boolean => isAscii(bytes),
      isUtf8: (bytes: Uint8Array): boolean => isUtf8(bytes),
    },
  };
}
