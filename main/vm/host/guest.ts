import { readAsset } from "../../core/assets";
import type { Engine, Handle } from "../engine/engine";
import type { QuickJSEngine } from "../engine/quickjs-engine";
import type { GuestFunctions } from "../guest/prelude";

/** Handles of the prelude's functions, by name. */
export type GuestHandles = { readonly [Name in keyof GuestFunctions]: Handle };

const NAMES = [
  "getStack",
  "setStack",
  "decodeJson",
  "decodeBytes",
  "decodeError",
  "encodeText",
  "settle",
  "cancel",
  "nextTimer",
  "runTimer",
  "loadModule",
  "exportNames",
  "runMain",
  "forgetFiles",
  "readAll",
  "setInputs",
  "clearInputs",
  "start",
  "beginExecution",
  "takeMainValue",
  "ignoreRejection",
  "defineLazyGlobal",
  "complete",
  "setGlobal",
  "declareGlobals",
  "readError",
  "describe",
  "properties",
  "invokeGetter",
  "release",
] as const satisfies readonly (keyof GuestFunctions)[];

let preludeCode: string | undefined;

/**
 * The function that starts the prelude: out of the image that the engine began with, or by evaluating the prelude, which is
 * what starting a session costs most of.
 */
export function loadPrelude(engine: QuickJSEngine): Handle {
  return engine.takeKept() ?? evaluatePrelude(engine);
}

/** Evaluates the prelude; gives the function that starts it. */
export function evaluatePrelude(engine: Engine): Handle {
  preludeCode ??= readAsset("guest", "prelude.js");
  return expectValue(engine, engine.evalScript(preludeCode, "vm:prelude", { strict: true }));
}

/** Starts the evaluated prelude with the host's functions, both of which it takes over; gives its own functions. */
export function startGuest(
  engine: Engine,
  host: Readonly<Record<string, Handle>>,
  start: Handle,
): GuestHandles {
  // One object is made by code that is not the user's, so that the prelude gets everything by name.
  const names = Object.keys(host);
  const collect = expectValue(
    engine,
    engine.evalScript(`(${names.join(",")}) => ({ ${names.join(",")} })`, "vm:start", { strict: true }),
  );
  const bundle = expectValue(engine, engine.call(collect, ...Object.values(host)));
  const functions = expectValue(engine, engine.call(start, bundle));
  const handles = Object.fromEntries(NAMES.map((name) => [name, engine.getProperty(functions, name)]));
  for (const handle of [start, collect, bundle, functions, ...Object.values(host)]) handle.dispose();
  // Every name of NAMES is there, and NAMES is complete: a test runs all of them.
  return handles as unknown as GuestHandles;
}

function expectValue(engine: Engine, completion: ReturnType<Engine["call"]>): Handle {
  if (completion.ok) return completion.value;
  const stack = engine.getProperty(completion.error, "stack");
  const message = engine.getProperty(completion.error, "message");
  throw new Error(
    `The prelude failed: ${String(engine.toPrimitive(message))}\n${String(engine.toPrimitive(stack))}`,
  );
}
