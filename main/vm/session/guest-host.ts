import type { Handle, HostArguments } from "../engine/engine";
import type { QuickJSEngine } from "../engine/quickjs-engine";
import type { RunningExecution } from "../execution";
import type { WireValue } from "../../modules/record";
import type { Bridge } from "../host/bridge";
import { startGuest, type GuestHandles } from "../host/guest";
import type { ModuleLoading } from "../host/module-loading";
import { consolePayload } from "../inspect/console-payload";
import { createEngineView } from "../inspect/engine-view";
import { createHostFunctions } from "../inspect/host-functions";
import type { SourceStore } from "../loader/sources";
import { readStack } from "../stack";
import type { ValueReader } from "./value-reader";

export interface GuestHostParts {
  readonly engine: QuickJSEngine;
  readonly bridge: Bridge;
  readonly modules: ModuleLoading;
  readonly reader: ValueReader;
  readonly running: () => RunningExecution | undefined;
  /** The engine's prelude, loaded; taken over. */
  readonly prelude: Handle;
}

/** Starts the prelude with everything that it asks of the host; gives its functions. */
export function startPrelude(parts: GuestHostParts): GuestHandles {
  const { engine, bridge, modules, reader } = parts;
  const functions = bridge.registerAll(
    {
      ...modules.internalFunctions(),
      ...createHostFunctions(reader.mapStack),
      stackFrames: (text: unknown, limit: unknown) =>
        stackFrames(String(text), Number(limit), modules.sources),
    },
    "computes",
  );
  const startedAt = performance.now();
  const engineFunction = (name: string, work: (argument: string) => Handle): Handle =>
    engine.newFunction(name, (args) => {
      try {
        return work(args.string(0));
      } catch (error) {
        throw bridge.toThrow(error);
      }
    });
  const host = {
    callSync: engine.newFunction("callSync", bridge.callSync),
    callAsync: engine.newFunction("callAsync", bridge.callAsync),
    console: engine.newFunction("console", (args) => deliverConsole(parts, args)),
    now: engine.newFunction("now", () => performance.now() - startedAt),
    evaluateGuestHalf: engineFunction("evaluateGuestHalf", (name) => modules.evaluateGuestHalf(name)),
    compileLibrary: engineFunction("compileLibrary", (key) => modules.compileLibrary(key)),
    compileCommonJs: engineFunction("compileCommonJs", (path) => modules.compileCommonJs(path)),
    importNamespace: engineFunction("importNamespace", (path) => modules.importNamespace(path)),
    // The inspection works with the library's own handles.
    view: engine.adopt(Number(createEngineView(engine.context, engine.wasmMemory).value)),
    functions: engine.toHandle(JSON.stringify(functions)),
  };
  return startGuest(engine, host, parts.prelude);
}

/** Frames of a stack for a script that reads it. */
function stackFrames(text: string, limit: number, sources: SourceStore): { [key: string]: WireValue }[] {
  return readStack(text, sources)
    .slice(0, limit)
    .map(({ name, location, inside }) => ({
      name: name ?? null,
      inside: inside ?? null,
      place:
        location === undefined
          ? null
          : { path: location.path, line: location.line, column: location.column ?? 1 },
    }));
}

/** One line of the console. Throws inside the engine when a limit of the execution is met. */
function deliverConsole(
  { bridge, modules, reader, running }: GuestHostParts,
  args: HostArguments,
): undefined {
  const execution = running();
  if (execution === undefined) return undefined;
  const text = args.kind(3) === "string" ? args.string(3) : undefined;
  const argsJson = args.kind(4) === "string" ? args.string(4) : undefined;
  const stack = args.kind(5) === "string" ? args.string(5) : undefined;
  const location = stack === undefined ? undefined : readStack(stack, modules.sources)[0]?.location;
  const payload = consolePayload(
    { level: args.number(0), method: args.number(1), group: args.number(2), text, argsJson },
    location,
    reader.mapStack,
  );
  const added = execution.add({ type: "console", payload }, payload.text, (kept) => ({
    type: "console",
    payload: { level: payload.level, method: payload.method, text: kept },
  }));
  if (!added) throw bridge.toThrow(new Error(execution.cause?.message ?? "The execution has ended."));
  return undefined;
}
