import type { Description, InspectOptions, TextPiece } from "./descriptor";
import { globalFunctions } from "./global-functions";
import type { StackMapper } from "./revive";
import { inspectDescription, joinPieces } from "./text";

/**
 * Host functions that the prelude's parts call by name: `inspect` and `format` of the describer, whose arguments are its
 * own JSON, and the host halves of globals. Register all of them with the runtime's internal host.
 */
export function createHostFunctions(mapStack?: StackMapper) {
  return {
    ...globalFunctions,
    /** Text of a description under the options of `util.inspect`. */
    inspect: (descriptionJson: string, optionsJson: string): string =>
      inspectDescription(parse<Description>(descriptionJson), parse<InspectOptions>(optionsJson), mapStack),
    /** Text of the pieces of a formatted line. */
    format: (piecesJson: string): string =>
      joinPieces(parse<readonly TextPiece[]>(piecesJson), () => "", mapStack),
  };
}

/** The describer is part of this application: what it writes is trusted. */
export function parse<T>(json: string): T {
  return JSON.parse(json) as T;
}
