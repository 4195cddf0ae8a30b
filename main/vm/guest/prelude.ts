import type { GuestBridge, WireValue } from "./bridge";
import { createBridgeHub, decodeError, functionIds } from "./bridge-impl";
import { createCompleter } from "./completion";
import { installConsole } from "./console";
import { createConstants } from "./constants";
import { createDescriber, type FullDescriber } from "./describe";
import type { EngineView, GuestEnvironment } from "./environment";
import { captureStack, readError } from "./errors";
import { installGlobals } from "./globals";
import { createModuleSystem, type LoaderHost } from "./modules";
import {
  arrayJoin,
  arrayPush,
  defineData,
  jsonStringify,
  objectCreate,
  objectDefineProperty,
  objectFreeze,
  objectKeys,
  objectSetPrototypeOf,
  promiseThen,
  reflectOwnKeys,
} from "./primordials";
import { installStacks, stackAccessor } from "./stacks";
import { installTimers } from "./timers";
import { decodeBytes, decodeJson, encodeText, type RawHostFunction } from "./wire";

/** What the host hands to the prelude; nothing else in the VM ever holds these functions. */
interface HostFunctions extends LoaderHost {
  readonly callSync: RawHostFunction;
  readonly callAsync: RawHostFunction;
  readonly console: GuestEnvironment["emitConsole"];
  readonly now: () => number;
  readonly view: EngineView;
  /** JSON: numbers of the runtime's own host functions. */
  readonly functions: string;
}

/** What the host calls. Every function is used from outside only, so user code cannot replace it. */
export interface GuestFunctions {
  /** What reads and writes the `stack` of an error. */
  readonly getStack: (this: unknown) => unknown;
  readonly setStack: (this: unknown, value: unknown) => void;
  readonly decodeJson: typeof decodeJson;
  readonly decodeBytes: typeof decodeBytes;
  readonly decodeError: typeof decodeError;
  readonly encodeText: typeof encodeText;
  readonly settle: (call: number, fulfilled: boolean, value: unknown) => void;
  /** Forgets timers and rejects what waits for the host. */
  readonly cancel: (error: Error) => void;
  readonly nextTimer: () => number;
  readonly runTimer: () => void;
  readonly loadModule: (kind: string, id: string) => unknown;
  /** JSON array of the names that a module exports, loading it. */
  readonly exportNames: (kind: string, id: string) => string;
  readonly runMain: (fn: unknown, path: string) => unknown;
  readonly forgetFiles: () => void;
  /** Looks every property of an object up. */
  readonly readAll: (object: Record<string | symbol, unknown>) => void;
  readonly setInputs: (argsJson: string, envJson: string) => void;
  readonly clearInputs: () => void;
  /** What depends on the template; the rest of the prelude is the same for every session. */
  readonly start: (consoleEnabled: boolean) => void;
  readonly beginExecution: () => void;
  /** The completion value of the ES module that ran; forgets it. */
  readonly takeMainValue: () => unknown;
  /** Keeps a promise whose outcome is reported anyway from counting as unhandled. */
  readonly ignoreRejection: (promise: unknown) => void;
  /** A global that loads its module when it is first read. */
  readonly defineLazyGlobal: (name: string, kind: string, id: string) => void;
  readonly complete: (placeJson: string, contextJson: string) => string;
  readonly setGlobal: (name: string, value: unknown) => void;
  /** Names, separated by commas, that a script in global scope is about to declare. */
  readonly declareGlobals: (names: string) => void;
  readonly readError: (thrown: unknown) => string;
  /** `custom`: let the script's own inspection functions speak, so only under its deadline. */
  readonly describe: (value: unknown, custom: boolean) => string;
  readonly properties: (objectId: string, start: number, count: number) => string;
  readonly invokeGetter: (objectId: string, name: string) => string;
  readonly release: (objectId: string) => void;
}

// A script may change what the name `globalThis` means.
const ownGlobal = globalThis as Record<string, unknown>;

function hidden(name: string, value: unknown): void {
  defineData(ownGlobal, name, value, false);
}

/** Runs once per session, before any user code. */
export default function start(host: HostFunctions): GuestFunctions {
  const values: GuestBridge["values"] = {
    inspect: (value, options) => describer.inspect(value, options),
    format: (args, options) => describer.format(args, options),
    view: host.view,
  };
  const hub = createBridgeHub(host.callSync, host.callAsync, values);
  const internal = hub.internalHost(functionIds(host.functions));
  const timers = installTimers(host.now);
  const describer: FullDescriber = createDescriber({ host: internal, view: host.view });
  const environment: GuestEnvironment = {
    host: internal,
    view: host.view,
    describer,
    emitConsole: host.console,
    captureStack,
    now: host.now,
    backgroundTimer: timers.background,
  };
  installGlobals(environment);
  installStacks(host.view, internal);
  makeStackOverflowARangeError();
  let resetConsole = (): void => undefined;

  let args: WireValue = undefined;
  let env: WireValue = undefined;
  let lastInputs = objectCreate(null) as object;
  const virtual = objectCreate(null) as Record<string, () => unknown>;
  virtual["vm:args"] = () => ({ args, env });
  const modules = createModuleSystem(hub, internal, host, virtual);
  const constants = createConstants(ownGlobal);
  // What code that the host has written asks for: its ES modules for native modules, libraries and CommonJS files read
  // their values here, the ES module that is run leaves its completion value, and REPL input makes its constants and
  // checks the names that it imports. It gives nothing that `require` does not give.
  let mainValue: unknown;
  objectDefineProperty(globalThis, "__vmModule", {
    value: objectFreeze((kind: unknown, id: unknown, specifier?: unknown, names?: unknown) => {
      switch (kind) {
        case "value":
          mainValue = id;
          return undefined;
        case "constants":
          constants.seal(id as string);
          return true;
        case "names":
          return modules.checkNames(id as object, specifier as string, names as string);
        default:
          return modules.load(kind as never, id as string);
      }
    }),
    writable: false,
    enumerable: false,
    configurable: false,
  });
  hidden("require", modules.requireFrom(undefined));
  /** Libraries behind globals that nobody has read yet. */
  const lazyLibraries = objectCreate(null) as Record<string, string>;
  const completer = createCompleter(
    environment,
    {
      nameOf: modules.nameOf,
      exportsOf: modules.exportsOf,
      libraryOfGlobal: (name) => lazyLibraries[name],
    },
    () => lastInputs,
  );

  return {
    getStack: stackAccessor.get,
    setStack: stackAccessor.set,
    decodeJson,
    decodeBytes,
    decodeError,
    encodeText,
    settle: (call, fulfilled, value) => hub.settle(call, fulfilled, value),
    cancel: (error) => {
      timers.clear();
      hub.rejectAll(error);
    },
    nextTimer: () => timers.next(),
    runTimer: () => timers.runOne(),
    loadModule: (kind, id) => modules.load(kind as never, id),
    exportNames: (kind, id) => exportNames(modules.load(kind as never, id)),
    runMain: (fn, path) => modules.runMain(fn as never, path),
    forgetFiles: () => modules.forgetFiles(),
    readAll,
    setInputs: (argsJson, envJson) => {
      // Both names are there in every run, so that a script can ask for arguments without knowing of any.
      args = argsJson === "" ? undefined : decodeJson(argsJson, false, undefined);
      env = decodeJson(envJson, false, undefined);
      hidden("args", args);
      hidden("env", env);
      lastInputs = { __proto__: null, args, env } as object;
    },
    clearInputs: () => {
      args = undefined;
      env = undefined;
      delete ownGlobal["args"];
      delete ownGlobal["env"];
    },
    start: (consoleEnabled) => {
      resetConsole = installConsole(environment, { enabled: consoleEnabled }).reset;
    },
    beginExecution: () => {
      mainValue = undefined;
      resetConsole();
    },
    takeMainValue: () => {
      const value = mainValue;
      mainValue = undefined;
      return value;
    },
    ignoreRejection: (promise) => {
      void promiseThen(promise as Promise<unknown>, undefined, () => undefined);
    },
    defineLazyGlobal: (name, kind, id) => {
      if (kind === "library") lazyLibraries[name] = id;
      objectDefineProperty(ownGlobal, name, {
        __proto__: null,
        get: () => {
          const value = modules.load(kind as never, id);
          hidden(name, value);
          return value;
        },
        set: (value: unknown) => hidden(name, value),
        enumerable: false,
        configurable: true,
      } as PropertyDescriptor);
    },
    complete: (placeJson, contextJson) => completer.complete(placeJson, contextJson),
    setGlobal: (name, value) => hidden(name, value),
    declareGlobals: (names) => constants.declare(names),
    readError: (thrown) => readError(thrown, (value) => host.view.proxyTarget(value) !== undefined),
    describe: (value, custom) => describer.describe(value, { keep: true, custom }),
    properties: (objectId, from, count) => describer.properties(objectId, from, count),
    invokeGetter: (objectId, name) => describer.invokeGetter(objectId, name),
    release: (objectId) => describer.release([objectId]),
  };
}

function readAll(object: Record<string | symbol, unknown>): void {
  const keys = reflectOwnKeys(object);
  for (let index = 0; index < keys.length; index++) {
    try {
      void object[keys[index] as string];
    } catch {
      // A binding of a module that is not initialised.
    }
  }
}

/** Own enumerable names that can be exported; `default` is the module itself. */
function exportNames(exports: unknown): string {
  if ((typeof exports !== "object" && typeof exports !== "function") || exports === null) return "[]";
  const names = objectKeys(exports);
  const kept: string[] = [];
  for (let index = 0; index < names.length; index++) {
    const name = names[index] as string;
    if (name !== "default") arrayPush(kept, jsonStringify(name));
  }
  return `[${arrayJoin(kept, ",")}]`;
}

/**
 * Scripts written for other engines catch a `RangeError` when their calls nest too deeply; this engine throws an
 * `InternalError` of its own.
 */
function makeStackOverflowARangeError(): void {
  const { InternalError } = globalThis as { InternalError?: { readonly prototype: object } };
  if (InternalError === undefined) return;
  objectSetPrototypeOf(InternalError.prototype, RangeError.prototype);
  defineData(InternalError.prototype, "name", "RangeError", false);
  defineData(InternalError.prototype, "constructor", RangeError, false);
}
