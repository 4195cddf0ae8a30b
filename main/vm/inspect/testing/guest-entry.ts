import { createCompleter } from "../../guest/completion";
import { installConsole } from "../../guest/console";
import { createDescriber } from "../../guest/describe";
import { captureStack } from "../../guest/errors";
import { installGlobals } from "../../guest/globals";
import type { WireValue } from "../../guest/bridge";
import { serialize } from "../../guest/describe/serialize";
import type { EngineView, GuestEnvironment, InternalHost } from "../../guest/environment";
import { arrayJoin, jsonParse } from "../../guest/primordials";

interface Given {
  readonly view: EngineView;
  /** Takes and gives JSON; bytes are `{ bytes: […] }`. */
  readonly call: (name: string, argsJson: string) => string;
  readonly console: GuestEnvironment["emitConsole"];
  now(): number;
}

/** Puts the parts of the prelude that stand in this folder together, as the prelude itself does. */
export function start(given: Given): object {
  const host: InternalHost = {
    call: (name, ...args) => decode(jsonParse(given.call(name, encode(args)))),
  };
  const describer = createDescriber({ view: given.view, host });
  const env: GuestEnvironment = {
    view: given.view,
    host,
    describer,
    emitConsole: given.console,
    captureStack,
    now: given.now,
  };
  const controls = installConsole(env);
  installGlobals(env);
  const completer = createCompleter(env);
  return { describer, completer, controls };
}

// The prelude's own bridge is faster and complete; this one only has to be right under hostile intrinsics.
function encode(args: readonly WireValue[]): string {
  let json = "";
  for (let index = 0; index < args.length; index++) {
    const arg = args[index];
    let text: string;
    if (typeof arg === "string" || arg === null || typeof arg === "number") text = serialize(arg);
    else if (arg instanceof Uint8Array) text = '{"bytes":[' + arrayJoin(list(arg), ",") + "]}";
    else text = serialize(arg);
    json += (index === 0 ? "" : ",") + text;
  }
  return "[" + json + "]";
}

function list(bytes: Uint8Array): number[] {
  const items: number[] = [];
  for (let index = 0; index < bytes.length; index++) items[index] = bytes[index] ?? 0;
  return items;
}

function decode(value: unknown): WireValue {
  const bytes =
    typeof value === "object" && value !== null ? (value as { bytes?: number[] }).bytes : undefined;
  return bytes === undefined ? (value as WireValue) : new Uint8Array(bytes);
}
