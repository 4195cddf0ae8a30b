import type { GuestBridge, WireValue } from "./bridge";
import type { InternalHost } from "./environment";
import { makeError, userFrames, type HostErrorData } from "./errors";
import {
  IntrinsicError,
  IntrinsicMap,
  IntrinsicPromise,
  IntrinsicTypeError,
  mapClear,
  mapDelete,
  mapForEach,
  mapGet,
  mapSet,
  objectCreate,
  reflectApply,
} from "./primordials";
import { engineStack, setEngineStack } from "./stacks";
import { callHost, decodeJson, encodeArguments, type RawHostFunction } from "./wire";

/** Names of host functions and their numbers. */
export type FunctionIds = Readonly<Record<string, number>>;

interface Pending {
  resolve(value: unknown): void;
  reject(error: unknown): void;
  /** Made when the host was called: where in the script that was. */
  readonly place: Error;
}

/** Steps after which the engine asks its interrupt handler. */
const STEPS_BETWEEN_INTERRUPTS = 10_000;

/**
 * Makes the engine ask its interrupt handler here. While a host function runs, the engine mostly computes in calls that the
 * host makes to rebuild the error; an interrupt that falls into one of those comes out as an ordinary error, and a
 * script that catches it and calls again (`for (;;) try { … } catch {}`) would never be stopped. Here it cannot be caught.
 */
function letLimitsAct(): void {
  for (let step = 0; step <= STEPS_BETWEEN_INTERRUPTS; step++);
}

/** An error that the host sends later is made where no code of the script runs: it gets the frames of the call. */
function placeError(error: unknown, place: Error): void {
  if (typeof error !== "object" || error === null || userFrames(engineStack(error) ?? "") !== "") return;
  const frames = userFrames(engineStack(place) ?? "");
  if (frames !== "") setEngineStack(error, frames);
}

/** Everything that crosses between guest and host as calls. */
export interface BridgeHub {
  /** Bridge of one module over the host functions with these numbers. */
  forModule(ids: FunctionIds, config: WireValue, internal: (name: string) => unknown): GuestBridge;
  /** Host functions of the runtime itself. */
  internalHost(ids: FunctionIds): InternalHost;
  /** Host side: settles a promise given by `callAsync`. Unknown numbers are ignored. */
  settle(call: number, fulfilled: boolean, value: unknown): void;
  /** Host side: rejects every promise that is still pending. */
  rejectAll(error: Error): void;
}

/** Makes the hub over the two functions that the host gives to the prelude and to nobody else. */
export function createBridgeHub(
  callSync: RawHostFunction,
  callAsync: RawHostFunction,
  values: GuestBridge["values"],
): BridgeHub {
  const pending = new IntrinsicMap<number, Pending>();
  let nextCall = 1;

  const numberOf = (ids: FunctionIds, name: string): number => {
    const id = ids[name];
    if (id === undefined) throw new IntrinsicTypeError(`This module has no host function "${name}".`);
    return id;
  };

  return {
    forModule(ids, config, internal): GuestBridge {
      return {
        config,
        internal,
        values,
        call: (name, ...args) => {
          try {
            return callHost(callSync, numberOf(ids, name), args) as WireValue;
          } catch (error) {
            letLimitsAct();
            throw error;
          }
        },
        callAsync: (name, ...args) =>
          new IntrinsicPromise<WireValue>((resolve, reject) => {
            const id = numberOf(ids, name);
            const call = nextCall++;
            const place = new IntrinsicError();
            mapSet(pending, call, { resolve: resolve as (value: unknown) => void, reject, place });
            try {
              // The host answers through settle(), never at once: a promise that is settled later behaves the same
              // whether the work was slow or not.
              reflectApply(callAsync, undefined, encodeArguments([call, id], args));
            } catch (error) {
              mapDelete(pending, call);
              throw error;
            }
          }),
      };
    },
    internalHost(ids) {
      return { call: (name, ...args) => callHost(callSync, numberOf(ids, name), args) as WireValue };
    },
    settle(call, fulfilled, value) {
      const waiting = mapGet(pending, call);
      if (waiting === undefined) return;
      mapDelete(pending, call);
      if (!fulfilled) placeError(value, waiting.place);
      reflectApply(fulfilled ? waiting.resolve : waiting.reject, undefined, [value]);
    },
    rejectAll(error) {
      mapForEach(pending, (waiting) => waiting.reject(error));
      mapClear(pending);
    },
  };
}

/** Reads `{ name: number }` from the host; without a prototype, so that forged names find nothing. */
export function functionIds(json: string): FunctionIds {
  const ids = objectCreate(null) as Record<string, number>;
  const parsed = decodeJson(json, false, undefined) as Record<string, number>;
  for (const name in parsed) ids[name] = parsed[name] as number;
  return ids;
}

/** Rebuilds an error that the host wrote as JSON. */
export function decodeError(json: string, tagged: boolean, bytes: ArrayBuffer | undefined): Error {
  // The host's own code wrote it in this shape.
  return makeError(decodeJson(json, tagged, bytes) as unknown as HostErrorData);
}
