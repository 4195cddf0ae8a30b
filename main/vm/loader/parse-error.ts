/** The place in the code that acorn puts behind its messages. */
const PLACE = / \(\d+:\d+\)$/;
const AWAIT_BEFORE = /(?:^|[^\w$.#])await\s+$/;
/** A word or number, up to a length that a message can repeat; or one character. */
const TOKEN = /[\p{ID_Continue}$]{1,40}|[^]/uy;

/** acorn's message about code that does not parse, with what it met: acorn itself says "Unexpected token" only. */
export function parseErrorMessage(error: SyntaxError, code: string): string {
  const message = error.message.replace(PLACE, "");
  if (message === "Unexpected character '@'") return "Decorators cannot run: the engine does not have them";
  if (message !== "Unexpected token" || !("pos" in error) || typeof error.pos !== "number") return message;
  return unexpectedToken(code, error.pos);
}

/** What a parser met at an offset of the code, where it wanted something else. */
export function unexpectedToken(code: string, pos: number): string {
  if (code.slice(pos).trim() === "") return "Unexpected end of input";
  if (AWAIT_BEFORE.test(code.slice(0, pos)))
    return "await is only valid in async functions and at the top level of ES modules";
  TOKEN.lastIndex = pos;
  return `Unexpected token '${TOKEN.exec(code)?.[0] ?? ""}'`;
}
