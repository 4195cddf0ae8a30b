import type { MemberDoc } from "../../../shared/model/module";

const argType = { code: "ERR_INVALID_ARG_TYPE", when: "an argument is of another type" };

/** Docs of the members of `buffer`. */
export const members: readonly MemberDoc[] = [
  {
    name: "Buffer",
    signature: "Buffer.from(value, encoding?) · Buffer.alloc(size, fill?) · Buffer.concat(list) …",
    summary:
      "Bytes, a `Uint8Array` with more methods: texts in utf8, utf16le, latin1, ascii, base64, base64url and hex, numbers of every size in both byte orders, search, copy and compare. Complete as in Node.",
    params: [
      {
        name: "value",
        doc: "For `from`: a text, bytes, an array of numbers, an ArrayBuffer or what `toJSON` gave.",
      },
      { name: "encoding", doc: "Encoding of the text; utf8 when left out." },
    ],
    returns: "A buffer.",
    errors: [
      argType,
      { code: "ERR_OUT_OF_RANGE", when: "a size, an offset or a number to write does not fit" },
      { code: "ERR_UNKNOWN_ENCODING", when: "there is no such encoding" },
      { code: "ERR_BUFFER_OUT_OF_BOUNDS", when: "a part lies outside of the memory" },
      { code: "ERR_INVALID_BUFFER_SIZE", when: "the length does not fit a swap" },
    ],
    example: `const { Buffer } = require("buffer");
const greeting = Buffer.from("héllo");
console.log(greeting.length, greeting.toString("hex"), greeting.toString("base64url"));
console.log(greeting.indexOf("llo"), greeting.subarray(3).toString());

const numbers = Buffer.alloc(6);
numbers.writeUInt16BE(513);
numbers.writeInt32LE(-1, 2);
console.log(numbers.readUInt16LE(), numbers.readInt32LE(2));
console.log(Buffer.concat([greeting, numbers]).equals(greeting));`,
  },
  {
    name: "atob",
    signature: "atob(data: string): string",
    summary: "Decodes base64 to a binary string; the global function.",
    params: [{ name: "data", doc: "Base64 text." }],
    returns: "A string with one character per byte.",
    errors: [{ code: "InvalidCharacterError", when: "the text is not base64" }],
    example: `const { atob } = require("buffer");
console.log(atob("aGVsbG8="));`,
  },
  {
    name: "btoa",
    signature: "btoa(data: string): string",
    summary: "Encodes a binary string as base64; the global function.",
    params: [{ name: "data", doc: "A string with characters up to U+00FF." }],
    returns: "Base64 text.",
    errors: [{ code: "InvalidCharacterError", when: "a character is beyond U+00FF" }],
    example: `const { btoa } = require("buffer");
console.log(btoa("hello"));`,
  },
  {
    name: "isAscii",
    signature: "isAscii(input: Buffer | ArrayBuffer | TypedArray): boolean",
    summary: "Whether bytes are ASCII only.",
    params: [{ name: "input", doc: "The bytes." }],
    returns: "True when every byte is below 128.",
    errors: [argType],
    example: `const { Buffer, isAscii } = require("buffer");
console.log(isAscii(Buffer.from("abc")), isAscii(Buffer.from("é")));`,
  },
  {
    name: "isUtf8",
    signature: "isUtf8(input: Buffer | ArrayBuffer | TypedArray): boolean",
    summary: "Whether bytes are well-formed UTF-8.",
    params: [{ name: "input", doc: "The bytes." }],
    returns: "True when they can be decoded without loss.",
    errors: [argType],
    example: `const { Buffer, isUtf8 } = require("buffer");
console.log(isUtf8(Buffer.from("é")), isUtf8(Buffer.from([0xff])));`,
  },
  {
    name: "transcode",
    signature: "transcode(source: Uint8Array, fromEncoding: string, toEncoding: string): Buffer",
    summary:
      "Changes the encoding of text in bytes: utf8, utf16le, latin1 or ascii. What the new one lacks becomes a question mark.",
    params: [
      { name: "source", doc: "The bytes." },
      { name: "fromEncoding", doc: "Their encoding." },
      { name: "toEncoding", doc: "The encoding wanted." },
    ],
    returns: "New bytes.",
    errors: [argType, { code: "U_ILLEGAL_ARGUMENT_ERROR", when: "one of the encodings is not supported" }],
    example: `const { Buffer, transcode } = require("buffer");
console.log(transcode(Buffer.from("é"), "utf8", "latin1"));`,
  },
  {
    name: "constants",
    signature: "constants: { MAX_LENGTH: number; MAX_STRING_LENGTH: number }",
    summary: "The largest sizes that Node allows. The memory limit of the session ends earlier.",
    params: [],
    returns: "Numbers of bytes and characters.",
    errors: [],
    example: `const { constants } = require("buffer");
console.log(constants.MAX_LENGTH);`,
  },
  {
    name: "kMaxLength",
    signature: "kMaxLength: number",
    summary: "The same as `constants.MAX_LENGTH`.",
    params: [],
    returns: "A number of bytes.",
    errors: [],
    example: `const { kMaxLength } = require("buffer");
console.log(kMaxLength);`,
  },
  {
    name: "kStringMaxLength",
    signature: "kStringMaxLength: number",
    summary: "The same as `constants.MAX_STRING_LENGTH`.",
    params: [],
    returns: "A number of characters.",
    errors: [],
    example: `const { kStringMaxLength } = require("buffer");
console.log(kStringMaxLength);`,
  },
  {
    name: "INSPECT_MAX_BYTES",
    signature: "INSPECT_MAX_BYTES: number",
    summary: "How many bytes of a buffer are printed; 50 until it is set.",
    params: [],
    returns: "The setting.",
    errors: [argType],
    example: `const buffer = require("buffer");
buffer.INSPECT_MAX_BYTES = 2;
console.log(buffer.Buffer.from("abcdef").inspect());`,
  },
];
