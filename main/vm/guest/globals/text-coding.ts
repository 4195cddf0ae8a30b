import type { InternalHost } from "../environment";
import {
  arrayBufferByteLength,
  IntrinsicRangeError,
  IntrinsicString,
  IntrinsicUint8Array,
  stringSlice,
  typedArrayBuffer,
  typedArrayByteLength,
  typedArrayByteOffset,
  typedArraySet,
  typedArrayTag,
  uncurryThis,
} from "../primordials";
import {
  dataViewBuffer,
  dataViewByteLength,
  dataViewByteOffset,
  sharedArrayBufferByteLength,
} from "../describe/intrinsics";
import { codedTypeError, defineGlobal, describeInterface, invalidThis } from "./define";

const codePointAt = uncurryThis(String.prototype.codePointAt) as (text: string, index: number) => number;

/** `TextEncoder` and `TextDecoder`; the conversions are Node's own, on the host. */
export function installTextCoding(host: InternalHost): void {
  const encode = (text: string): Uint8Array => {
    if (text === "") return new IntrinsicUint8Array(0);
    const bytes = host.call("encodeUtf8", text);
    return bytes as Uint8Array;
  };

  class TextEncoder {
    readonly #brand = true;

    get encoding(): string {
      if (!(#brand in this)) throw invalidThis("TextEncoder");
      return "utf-8";
    }

    encode(input: unknown = ""): Uint8Array {
      if (!(#brand in this)) throw invalidThis("TextEncoder");
      return encode(IntrinsicString(input));
    }

    encodeInto(source: unknown, target: unknown): { read: number; written: number } {
      if (!(#brand in this)) throw invalidThis("TextEncoder");
      if (typeof source !== "string")
        throw codedTypeError("ERR_INVALID_ARG_TYPE", 'The "src" argument must be of type string.');
      if (typedArrayTag(target) !== "Uint8Array") {
        throw codedTypeError(
          "ERR_INVALID_ARG_TYPE",
          'The "dest" argument must be an instance of Uint8Array.',
        );
      }
      const room = typedArrayByteLength(target as Uint8Array);
      let read = 0;
      let written = 0;
      while (read < source.length) {
        const code = codePointAt(source, read);
        const size = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
        if (written + size > room) break;
        written += size;
        read += code > 0xffff ? 2 : 1;
      }
      typedArraySet(target, encode(stringSlice(source, 0, read)));
      return { read, written };
    }
  }
  describeInterface(TextEncoder.prototype, "TextEncoder", ["encoding", "encode", "encodeInto"]);

  class TextDecoder {
    readonly #encoding: string;
    readonly #fatal: boolean;
    readonly #ignoreBOM: boolean;
    /** Bytes of a character that is not complete yet, and whether the beginning (with its mark) is over. */
    #rest: Uint8Array | undefined;
    #begun = false;

    constructor(label: unknown = "utf-8", options: unknown = {}) {
      const wanted = IntrinsicString(label);
      if (
        options !== null &&
        options !== undefined &&
        typeof options !== "object" &&
        typeof options !== "function"
      ) {
        throw codedTypeError("ERR_INVALID_ARG_TYPE", 'The "options" argument must be of type object.');
      }
      const encoding = host.call("encodingName", wanted);
      if (typeof encoding !== "string") {
        const error = new IntrinsicRangeError('The "' + wanted + '" encoding is not supported');
        (error as { code?: string }).code = "ERR_ENCODING_NOT_SUPPORTED";
        throw error;
      }
      this.#encoding = encoding;
      const given = (options ?? {}) as { fatal?: unknown; ignoreBOM?: unknown };
      this.#fatal = Boolean(given.fatal);
      this.#ignoreBOM = Boolean(given.ignoreBOM);
    }

    get encoding(): string {
      if (!(#encoding in this)) throw invalidThis("TextDecoder");
      return this.#encoding;
    }

    get fatal(): boolean {
      if (!(#encoding in this)) throw invalidThis("TextDecoder");
      return this.#fatal;
    }

    get ignoreBOM(): boolean {
      if (!(#encoding in this)) throw invalidThis("TextDecoder");
      return this.#ignoreBOM;
    }

    decode(input?: unknown, options?: unknown): string {
      if (!(#encoding in this)) throw invalidThis("TextDecoder");
      const stream = Boolean((options as { stream?: unknown } | null | undefined)?.stream);
      const bytes = joined(this.#rest, input === undefined ? new IntrinsicUint8Array(0) : bytesOf(input));
      const flags =
        (this.#fatal ? "f" : "") + (this.#ignoreBOM || this.#begun ? "i" : "") + (stream ? "s" : "");
      const result = host.call("decodeText", this.#encoding, flags, bytes) as {
        text: string;
        used: number;
      } | null;
      if (result === null) {
        this.#rest = undefined;
        this.#begun = false;
        throw codedTypeError(
          "ERR_ENCODING_INVALID_ENCODED_DATA",
          "The encoded data was not valid for encoding " + this.#encoding,
        );
      }
      const { text, used } = result;
      const left = typedArrayByteLength(bytes) - used;
      this.#rest = stream && left > 0 ? copy(bytes, used, left) : undefined;
      this.#begun = stream && (this.#begun || used > 0);
      return text;
    }
  }
  describeInterface(TextDecoder.prototype, "TextDecoder", ["encoding", "fatal", "ignoreBOM", "decode"]);

  defineGlobal("TextEncoder", TextEncoder);
  defineGlobal("TextDecoder", TextDecoder);
}

function copy(bytes: Uint8Array, from: number, length: number): Uint8Array {
  const made = new IntrinsicUint8Array(length);
  typedArraySet(
    made,
    new IntrinsicUint8Array(typedArrayBuffer(bytes), typedArrayByteOffset(bytes) + from, length),
  );
  return made;
}

function joined(first: Uint8Array | undefined, second: Uint8Array): Uint8Array {
  if (first === undefined) return second;
  const made = new IntrinsicUint8Array(first.length + typedArrayByteLength(second));
  typedArraySet(made, first);
  typedArraySet(made, second, first.length);
  return made;
}

/** The bytes behind a buffer or a view of one. */
function bytesOf(input: unknown): Uint8Array {
  if (typedArrayTag(input) !== undefined) {
    const view = input as Uint8Array;
    return new IntrinsicUint8Array(
      typedArrayBuffer(view),
      typedArrayByteOffset(view),
      typedArrayByteLength(view),
    );
  }
  const readers = [
    () => new IntrinsicUint8Array(input as ArrayBuffer, 0, arrayBufferByteLength(input)),
    () => new IntrinsicUint8Array(input as ArrayBuffer, 0, sharedArrayBufferByteLength(input)),
    () =>
      new IntrinsicUint8Array(
        dataViewBuffer(input) as ArrayBuffer,
        dataViewByteOffset(input),
        dataViewByteLength(input),
      ),
  ];
  for (let index = 0; index < readers.length; index++) {
    try {
      const read = readers[index];
      if (read !== undefined) return read();
    } catch {
      // Not of this kind: the next reader tries.
    }
  }
  throw codedTypeError(
    "ERR_INVALID_ARG_TYPE",
    'The "list" argument must be an instance of SharedArrayBuffer, ArrayBuffer or ArrayBufferView.',
  );
}
