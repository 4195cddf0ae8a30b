import type { GuestFactory } from "../../vm/guest/bridge";
import { invalidArgType } from "../guest/node-errors";
import { createBufferClass } from "./guest/buffer-class";
import { isBytes, MAX_LENGTH, MAX_STRING_LENGTH } from "./guest/checks";
import { createCodec, encodingNamed } from "./guest/encodings";
import { settings } from "./guest/methods";

declare const globalThis: {
  readonly atob: (data: string) => string;
  readonly btoa: (data: string) => string;
};

function viewBytes(value: unknown): Uint8Array {
  if (ArrayBuffer.isView(value))
    return new Uint8Array(value.buffer as ArrayBuffer, value.byteOffset, value.byteLength).slice();
  if (value instanceof ArrayBuffer) return new Uint8Array(value);
  throw invalidArgType("input", "an instance of ArrayBuffer, Buffer, or TypedArray", value);
}

const factory: GuestFactory = (bridge) => {
  const { Buffer, bufferOf } = createBufferClass(createCodec(bridge));
  const { atob, btoa } = globalThis;
  const exports = {
    Buffer,
    atob,
    btoa,
    isAscii: (input: unknown): boolean => bridge.call("isAscii", viewBytes(input)) === true,
    isUtf8: (input: unknown): boolean => bridge.call("isUtf8", viewBytes(input)) === true,
    transcode(source: unknown, from: unknown, to: unknown): Uint8Array {
      if (!isBytes(source)) throw invalidArgType("source", "an instance of Buffer or Uint8Array", source);
      const [known, wanted] = [encodingNamed(from), encodingNamed(to)];
      const possible = ["utf8", "utf16le", "latin1", "ascii"];
      if (
        known === undefined ||
        wanted === undefined ||
        !possible.includes(known) ||
        !possible.includes(wanted)
      ) {
        throw Object.assign(new Error("Unable to transcode Buffer [U_ILLEGAL_ARGUMENT_ERROR]"), {
          code: "U_ILLEGAL_ARGUMENT_ERROR",
          errno: 1,
        });
      }
      return bufferOf(bridge.call("transcode", viewBytes(source), known, wanted) as Uint8Array);
    },
    constants: { MAX_LENGTH, MAX_STRING_LENGTH },
    kMaxLength: MAX_LENGTH,
    kStringMaxLength: MAX_STRING_LENGTH,
  };
  return Object.defineProperty(exports, "INSPECT_MAX_BYTES", {
    enumerable: true,
    configurable: true,
    get: () => settings.inspectMaxBytes,
    set(value: unknown) {
      if (typeof value !== "number" || !(value >= 0))
        throw invalidArgType("INSPECT_MAX_BYTES", "of type number", value);
      settings.inspectMaxBytes = value;
    },
  });
};
export default factory;
