/** `.d.ts` text of the module `crypto`. */
export const typings = `declare module "crypto" {
  type Data = string | ArrayBufferView;
  type Encoding = "utf8" | "utf-8" | "utf16le" | "latin1" | "binary" | "ascii" | "base64" | "base64url" | "hex";
  /** Bytes with \`toString(encoding)\`: a Buffer, see the module buffer. */
  interface Bytes extends Uint8Array<ArrayBuffer> {
    toString(encoding?: Encoding, start?: number, end?: number): string;
    equals(other: Uint8Array): boolean;
  }
  export interface Hash {
    /** Adds data. */
    update(data: Data, inputEncoding?: Encoding): this;
    /** Ends the hash. */
    digest(): Bytes;
    digest(encoding: Encoding): string;
    /** Another hash that goes on from here. */
    copy(options?: { outputLength?: number }): Hash;
  }
  export interface Hmac {
    /** Adds data. */
    update(data: Data, inputEncoding?: Encoding): this;
    /** Ends the hmac. */
    digest(): Bytes;
    digest(encoding: Encoding): string;
  }
  export function createHash(algorithm: string, options?: { outputLength?: number }): Hash;
  export function createHmac(algorithm: string, key: Data): Hmac;
  export function getHashes(): string[];
  export function pbkdf2Sync(password: Data, salt: Data, iterations: number, keylen: number, digest: string): Bytes;
  export function randomBytes(size: number): Bytes;
  export function randomBytes(size: number, callback: (error: Error | null, bytes: Bytes) => void): void;
  export function randomInt(max: number): number;
  export function randomInt(min: number, max: number): number;
  export function randomInt(max: number, callback: (error: Error | null, value: number) => void): void;
  export function randomInt(min: number, max: number, callback: (error: Error | null, value: number) => void): void;
  export function randomUUID(options?: { disableEntropyCache?: boolean }): string;
  export function scryptSync(
    password: Data,
    salt: Data,
    keylen: number,
    options?: { N?: number; r?: number; p?: number; cost?: number; blockSize?: number; parallelization?: number; maxmem?: number },
  ): Bytes;
  export function timingSafeEqual(a: ArrayBufferView | ArrayBuffer, b: ArrayBufferView | ArrayBuffer): boolean;
}
`;
