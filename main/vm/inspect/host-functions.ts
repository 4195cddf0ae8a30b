import type { Description, InspectOptions, TextPiece } from "./descriptor";
import type { StackMapper } from "./revive";
import { inspectDescription, joinPieces } from "./text";

/** Host functions that the describer inside the VM calls; their arguments are its own JSON. */
// A type and not an interface, so that it can be used as a table of functions.
export type InspectFunctions = {
  /** Text of a description under the options of `util.inspect`. */
  inspect(descriptionJson: string, optionsJson: string): string;
  /** Text of the pieces of a formatted line. */
  format(piecesJson: string): string;
};

export function createHostFunctions(mapStack?: StackMapper): InspectFunctions {
  return {
    inspect: (descriptionJson, optionsJson) =>
      inspectDescription(parse<Description>(descriptionJson), parse<InspectOptions>(optionsJson), mapStack),
    format: (piecesJson) => joinPieces(parse<readonly TextPiece[]>(piecesJson), () => "", mapStack),
  };
}

/** The describer is part of this application: what it writes is trusted. */
export function parse<T>(json: string): T {
  return JSON.parse(json) as T;
}
