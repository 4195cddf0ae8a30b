import type { ExecutionError } from "./event";

/** Name in the report of something thrown that is no error: its message is the value's text. */
export const UNCAUGHT = "Uncaught";

/** The first line of an error for readers: `TypeError: …`, or as Node's REPL has it `Uncaught 'text'`. */
export function errorHeading({
  name,
  message,
  value,
}: Pick<ExecutionError, "name" | "message" | "value">): string {
  return name === UNCAUGHT ? `${UNCAUGHT} ${value?.preview ?? message}` : `${name}: ${message}`;
}
