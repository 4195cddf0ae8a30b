/** What a console line is, as numbers: text costs more to hand over than the rest of a line. Both halves count by these lists. */
export const CONSOLE_LEVELS = ["debug", "log", "info", "warn", "error"] as const;
export const CONSOLE_METHODS = [
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

export type ConsoleLevel = (typeof CONSOLE_LEVELS)[number];
export type ConsoleMethod = (typeof CONSOLE_METHODS)[number];
