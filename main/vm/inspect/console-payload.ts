import type { ConsolePayload } from "../../../shared/model/event";
import type { SourceLocation } from "../../../shared/model/value";
import { LINE_LEVELS, LINE_METHODS } from "./console-line";
import type { ConsoleArguments } from "./descriptor";
import { previewOf } from "./preview";
import type { StackMapper } from "./revive";
import { consoleTable } from "./table";
import { inspectDescription, joinPieces } from "./text";

/** A console line as the prelude delivers it; see `emitConsole` in `main/vm/guest/environment.ts`. */
export interface DeliveredLine {
  /** Numbers by the lists in `console-line.ts`. */
  readonly level: number;
  readonly method: number;
  readonly group: number;
  readonly text?: string | undefined;
  readonly argsJson?: string | undefined;
}

const GROUP_INDENTATION = 2;

/**
 * Makes the event's payload from a delivered line. The location is the caller's business: only the runtime knows the
 * user's sources.
 */
export function consolePayload(
  line: DeliveredLine,
  location?: SourceLocation,
  mapStack?: StackMapper,
): ConsolePayload {
  const { group } = line;
  const level = LINE_LEVELS[line.level] ?? "log";
  const method = LINE_METHODS[line.method] ?? level;
  const payload: ConsolePayload = { level, method, text: line.text ?? "" };
  if (group > 0) payload.group = group;
  if (location !== undefined) payload.location = location;
  if (line.argsJson === undefined) return payload;
  // Written by the prelude: trusted.
  const args = JSON.parse(line.argsJson) as ConsoleArguments;
  const described = args.a ?? [];
  if (args.t !== undefined) {
    const table = consoleTable(described[0] ?? { v: null }, args.t === null ? undefined : args.t, mapStack);
    payload.text = indent(table.text, group);
    if (table.data !== undefined) payload.table = table.data;
  } else if (line.text === undefined) {
    const argument = (index: number): string => {
      const description = described[index];
      return description === undefined ? "" : inspectDescription(description, {}, mapStack);
    };
    payload.text = indent(joinPieces(args.p ?? [], argument, mapStack), group);
  }
  if (described.length > 0) payload.args = described.map((description) => previewOf(description, mapStack));
  return payload;
}

function indent(text: string, group: number): string {
  if (group === 0) return text;
  const indentation = " ".repeat(group * GROUP_INDENTATION);
  return indentation + text.replaceAll("\n", `\n${indentation}`);
}
