import type { ConsoleLevel } from "../../../shared/model/event";

/*
 * What a console line is, as numbers: text costs more to hand over than the rest of a line. Both halves count by these
 * lists. The levels are not taken from the model, which would bring its schemas into the engine.
 */
export const LINE_LEVELS = ["debug", "log", "info", "warn", "error"] as const satisfies ConsoleLevel[];
export const LINE_METHODS = [
  "log",
  "warn",
  "dir",
  "time",
  "timeEnd",
  "timeLog",
  "trace",
  "assert",
  "count",
  "countReset",
  "group",
  "table",
  "debug",
  "info",
  "dirxml",
  "error",
  "groupCollapsed",
] as const;

export type ConsoleMethod = (typeof LINE_METHODS)[number];
