import { createCompleter } from "../../guest/completion";
import { installConsole } from "../../guest/console";
import { createDescriber } from "../../guest/describe";
import { captureStack } from "../../guest/errors";
import { installGlobals } from "../../guest/globals";
import type { ConsoleLine, EngineView, GuestEnvironment, InternalHost } from "../../guest/environment";

interface Given {
  readonly view: EngineView;
  readonly host: InternalHost;
  emitConsole(line: ConsoleLine): void;
  now(): number;
}

/** Puts the parts of the prelude that stand in this folder together, as the prelude itself does. */
export default function start(given: Given): object {
  const describer = createDescriber(given);
  const env: GuestEnvironment = {
    view: given.view,
    host: given.host,
    describer,
    emitConsole: given.emitConsole,
    captureStack,
    now: given.now,
  };
  const controls = installConsole(env);
  installGlobals(env);
  const completer = createCompleter(env);
  return { describer, completer, controls };
}
