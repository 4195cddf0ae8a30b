import {
  createHash,
  createHmac,
  getHashes,
  pbkdf2Sync,
  randomBytes,
  randomInt,
  randomUUID,
  scryptSync,
  timingSafeEqual,
  type Hash,
  type Hmac,
} from "node:crypto";
import { decodeArguments } from "../arguments";
import type { HostContext, HostModule, WireValue } from "../record";
import { checkDigestSize, checkPbkdf2Time, checkRandomSize, checkScryptCost } from "./work";

// Node checks the arguments, whatever they are: that is what makes the errors Node's.
type Anything = (...args: unknown[]) => unknown;
const loose = (call: unknown): Anything => call as Anything;

/** How many unfinished hashes one session may hold. */
const MAX_OPEN = 100_000;

function toWire(value: unknown): WireValue {
  // A Buffer may be a window of Node's shared pool: only its own bytes cross.
  if (value instanceof Uint8Array) return new Uint8Array(value);
  return value as WireValue;
}

/** The host half: Node's crypto. Hash objects live here until their digest is taken or the session ends. */
export function createCryptoHost(context: HostContext): HostModule {
  const open = new Map<number, Hash | Hmac>();
  let next = 1;

  function keep(hash: unknown): number {
    if (open.size >= MAX_OPEN) throw new Error("Too many hashes are open: take the digest of some first.");
    open.set(next, hash as Hash | Hmac);
    return next++;
  }

  function find(id: unknown): Hash | Hmac {
    const hash = typeof id === "number" ? open.get(id) : undefined;
    if (hash !== undefined) return hash;
    throw Object.assign(new Error("Digest already called"), { code: "ERR_CRYPTO_HASH_FINALIZED" });
  }

  const direct =
    (call: unknown, check?: (args: readonly unknown[]) => void) =>
    (...args: unknown[]): WireValue => {
      // Native work cannot be interrupted, so a script that catches the end of its time must not begin more of it.
      if (context.mustStop()) throw new Error("The execution was stopped.");
      const decoded = decodeArguments(args);
      check?.(decoded);
      return toWire(loose(call)(...decoded));
    };

  return {
    functions: {
      createHash(...args: unknown[]): number {
        const decoded = decodeArguments(args);
        checkDigestSize(decoded[1]);
        return keep(loose(createHash)(...decoded));
      },
      createHmac: (...args: unknown[]) => keep(loose(createHmac)(...decodeArguments(args))),
      update(id: number, ...args: unknown[]): void {
        const hash = find(id);
        loose(hash.update).apply(hash, decodeArguments(args));
      },
      digest(id: number, ...args: unknown[]): WireValue {
        const hash = find(id);
        const result = toWire(loose(hash.digest).apply(hash, decodeArguments(args)));
        open.delete(id);
        return result;
      },
      copy(id: number, ...args: unknown[]): number {
        const hash = find(id);
        const decoded = decodeArguments(args);
        checkDigestSize(decoded[0]);
        return keep(loose((hash as Hash).copy).apply(hash, decoded));
      },
      randomBytes: direct(randomBytes, checkRandomSize),
      randomInt: direct(randomInt),
      randomUUID: direct(randomUUID),
      timingSafeEqual: direct(timingSafeEqual),
      pbkdf2Sync: direct(pbkdf2Sync, (args) => checkPbkdf2Time(args, context)),
      scryptSync: direct(scryptSync, (args) => checkScryptCost(args, context)),
      getHashes: () => getHashes(),
    },
    dispose: () => open.clear(),
  };
}
