import type { GuestFactory, WireValue } from "../../vm/guest/bridge";
import { encodeArguments } from "../guest/arguments";

type Callback = (error: unknown, result?: unknown) => void;
interface BufferModule {
  readonly Buffer: {
    from(data: ArrayBufferLike, offset: number, length: number): Uint8Array;
    from(text: string, encoding: string): Uint8Array;
  };
}

const factory: GuestFactory = (bridge) => {
  let buffer: BufferModule | undefined;
  const buffers = (): BufferModule["Buffer"] => (buffer ??= bridge.internal("buffer") as BufferModule).Buffer;

  const call = (name: string, ...args: WireValue[]): WireValue => bridge.call(name, ...args);
  /** Bytes are a Buffer, as in Node. */
  const revive = (value: WireValue): unknown =>
    value instanceof Uint8Array ? buffers().from(value.buffer, value.byteOffset, value.byteLength) : value;
  const direct = (name: string, args: readonly unknown[]): unknown =>
    revive(call(name, ...encodeArguments(args)));

  /** As `direct`, with Node's form that takes a callback: it is called later. */
  function withCallback(name: string, args: unknown[]): unknown {
    const last = args.at(-1);
    if (typeof last !== "function") return direct(name, args);
    const result = direct(name, args.slice(0, -1));
    void Promise.resolve().then(() => (last as Callback)(null, result));
    return undefined;
  }

  function finalized(): Error {
    return Object.assign(new Error("Digest already called"), { code: "ERR_CRYPTO_HASH_FINALIZED" });
  }

  const begin = Symbol("begin");

  /** One hash or HMAC of the host half, until its digest is taken. */
  function openDigest(id: number) {
    let isDone = false;
    return {
      isDone: () => isDone,
      update(args: readonly unknown[]): void {
        if (isDone) throw finalized();
        call("update", id, ...encodeArguments(args));
      },
      digest(args: readonly unknown[]): unknown {
        if (isDone) throw finalized();
        const result = revive(call("digest", id, ...encodeArguments(args)));
        isDone = true;
        return result;
      },
      /** The id of a second one that has taken in the same. */
      copy(args: readonly unknown[]): number {
        if (isDone) throw finalized();
        return call("copy", id, ...encodeArguments(args)) as number;
      },
    };
  }
  type OpenDigest = ReturnType<typeof openDigest>;

  class Hash {
    #open: OpenDigest;
    constructor(token: typeof begin, id: number) {
      if (token !== begin) throw new TypeError("Hashes are made by createHash.");
      this.#open = openDigest(id);
    }
    update(...args: unknown[]): this {
      this.#open.update(args);
      return this;
    }
    digest(...args: unknown[]): unknown {
      return this.#open.digest(args);
    }
    copy(...args: unknown[]): Hash {
      return new Hash(begin, this.#open.copy(args));
    }
  }

  class Hmac {
    #open: OpenDigest;
    constructor(token: typeof begin, id: number) {
      if (token !== begin) throw new TypeError("Hmacs are made by createHmac.");
      this.#open = openDigest(id);
    }
    update(...args: unknown[]): this {
      this.#open.update(args);
      return this;
    }
    digest(...args: unknown[]): unknown {
      if (!this.#open.isDone()) return this.#open.digest(args);
      // A second digest is empty and no error: so does Node.
      return args[0] === undefined || args[0] === "buffer" ? buffers().from("", "utf8") : "";
    }
  }

  return {
    createHash: (...args: unknown[]) =>
      new Hash(begin, call("createHash", ...encodeArguments(args)) as number),
    createHmac: (...args: unknown[]) =>
      new Hmac(begin, call("createHmac", ...encodeArguments(args)) as number),
    getHashes: () => call("getHashes"),
    pbkdf2Sync: (...args: unknown[]) => direct("pbkdf2Sync", args),
    randomBytes: (...args: unknown[]) => withCallback("randomBytes", args),
    randomInt: (...args: unknown[]) => withCallback("randomInt", args),
    randomUUID: (...args: unknown[]) => direct("randomUUID", args),
    scryptSync: (...args: unknown[]) => direct("scryptSync", args),
    timingSafeEqual: (...args: unknown[]) => direct("timingSafeEqual", args),
  };
};
export default factory;
