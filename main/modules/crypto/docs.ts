import type { MemberDoc } from "../../../shared/model/module";

const argType = { code: "ERR_INVALID_ARG_TYPE", when: "an argument is of another type" };
const outOfRange = {
  code: "ERR_OUT_OF_RANGE",
  when: "a number does not fit, or asks for more than 16 MB at once",
};
const tooLong = {
  code: "WALL_LIMIT_EXCEEDED",
  when: "the work cannot be done in the time that the execution has left",
};
const algorithm = { name: "algorithm", doc: "Such as sha256, sha512, sha1, md5; see getHashes." };

/** Docs of the members of `crypto`. */
export const members: readonly MemberDoc[] = [
  {
    name: "createHash",
    signature: "createHash(algorithm: string, options?: { outputLength?: number }): Hash",
    summary:
      "Begins a hash. `update` adds text or bytes, `digest` ends it as a Buffer or as text in an encoding, `copy` goes on from here twice.",
    params: [algorithm, { name: "options", doc: "`outputLength` for shake128 and shake256." }],
    returns: "The hash.",
    errors: [
      argType,
      outOfRange,
      {
        code: "ERR_OSSL_EVP_UNSUPPORTED",
        when: "there is no such algorithm (an Error without this code in some versions)",
      },
      { code: "ERR_CRYPTO_HASH_FINALIZED", when: "update, digest or copy after digest" },
    ],
    example: `const { createHash } = require("crypto");
console.log(createHash("sha256").update("abc").digest("hex"));`,
  },
  {
    name: "createHmac",
    signature: "createHmac(algorithm: string, key: string | Uint8Array): Hmac",
    summary: "Begins a keyed hash.",
    params: [algorithm, { name: "key", doc: "The secret." }],
    returns: "The hmac, with `update` and `digest`.",
    errors: [
      argType,
      { code: "ERR_CRYPTO_INVALID_DIGEST", when: "there is no such algorithm" },
      { code: "ERR_CRYPTO_HASH_FINALIZED", when: "update after digest" },
    ],
    example: `const { createHmac } = require("crypto");
console.log(createHmac("sha256", "secret").update("message").digest("base64"));`,
  },
  {
    name: "getHashes",
    signature: "getHashes(): string[]",
    summary: "Names of the hash algorithms that there are.",
    params: [],
    returns: "The names.",
    errors: [],
    example: `const { getHashes } = require("crypto");
console.log(getHashes().includes("sha256"));`,
  },
  {
    name: "pbkdf2Sync",
    signature: "pbkdf2Sync(password, salt, iterations: number, keylen: number, digest: string): Buffer",
    summary: "Makes a key from a password by PBKDF2.",
    params: [
      { name: "password", doc: "Text or bytes." },
      { name: "salt", doc: "Text or bytes; should be random, 16 bytes or more." },
      { name: "iterations", doc: "How much work it is." },
      { name: "keylen", doc: "Bytes wanted." },
      { name: "digest", doc: "Hash algorithm." },
    ],
    returns: "The key.",
    errors: [
      argType,
      outOfRange,
      { code: "ERR_CRYPTO_INVALID_DIGEST", when: "there is no such algorithm" },
      tooLong,
    ],
    example: `const { pbkdf2Sync } = require("crypto");
console.log(pbkdf2Sync("password", "salt", 1000, 16, "sha256").toString("hex"));`,
  },
  {
    name: "randomBytes",
    signature: "randomBytes(size: number): Buffer",
    summary: "Random bytes that nobody can predict.",
    params: [{ name: "size", doc: "How many, up to 64 MiB." }],
    returns: "The bytes.",
    errors: [argType, outOfRange],
    example: `const { randomBytes } = require("crypto");
console.log(randomBytes(8).length, randomBytes(4).toString("hex").length);`,
  },
  {
    name: "randomInt",
    signature: "randomInt(min?: number, max: number): number",
    summary: "A random whole number that nobody can predict.",
    params: [
      { name: "min", doc: "The smallest; 0 when left out." },
      { name: "max", doc: "One more than the largest." },
    ],
    returns: "The number.",
    errors: [argType, outOfRange],
    example: `const { randomInt } = require("crypto");
const dice = randomInt(1, 7);
console.log(dice >= 1 && dice <= 6);`,
  },
  {
    name: "randomUUID",
    signature: "randomUUID(options?: { disableEntropyCache?: boolean }): string",
    summary: "A random UUID, version 4.",
    params: [{ name: "options", doc: "As in Node." }],
    returns: "36 characters.",
    errors: [argType],
    example: `const { randomUUID } = require("crypto");
console.log(randomUUID().length);`,
  },
  {
    name: "scryptSync",
    signature: "scryptSync(password, salt, keylen: number, options?): Buffer",
    summary: "Makes a key from a password by scrypt.",
    params: [
      { name: "password", doc: "Text or bytes." },
      { name: "salt", doc: "Text or bytes; should be random, 16 bytes or more." },
      { name: "keylen", doc: "Bytes wanted." },
      { name: "options", doc: "`N` (16384), `r` (8), `p` (1), `maxmem` (32 MiB, at most 256 MiB)." },
    ],
    returns: "The key.",
    errors: [
      argType,
      outOfRange,
      { code: "ERR_CRYPTO_INVALID_SCRYPT_PARAMS", when: "the options do not fit together" },
      tooLong,
    ],
    example: `const { scryptSync } = require("crypto");
console.log(scryptSync("password", "salt", 16, { N: 1024 }).toString("hex"));`,
  },
  {
    name: "timingSafeEqual",
    signature: "timingSafeEqual(a: Uint8Array, b: Uint8Array): boolean",
    summary: "Compares two secrets of the same length in a time that does not tell where they differ.",
    params: [
      { name: "a", doc: "Bytes." },
      { name: "b", doc: "As many bytes." },
    ],
    returns: "Whether they are equal.",
    errors: [argType, { code: "ERR_CRYPTO_TIMING_SAFE_EQUAL_LENGTH", when: "the lengths differ" }],
    example: `const { createHash, timingSafeEqual } = require("crypto");
const digest = (text) => createHash("sha256").update(text).digest();
console.log(timingSafeEqual(digest("a"), digest("a")), timingSafeEqual(digest("a"), digest("b")));`,
  },
];
