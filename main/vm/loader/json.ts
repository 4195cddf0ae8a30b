import { parse, printParseErrorCode, type ParseError } from "jsonc-parser";
import { SourceSyntaxError } from "./syntax-error";

/** Checks a text that is to be JSON. Throws {@link SourceSyntaxError} with the place of the first mistake. */
export function checkJson(text: string, path: string): void {
  try {
    JSON.parse(text);
  } catch (error) {
    // V8's own message has the place only sometimes.
    const errors: ParseError[] = [];
    parse(text, errors, { disallowComments: true, allowEmptyContent: false });
    const [first] = errors;
    const before = text.slice(0, first?.offset ?? text.length);
    const reason =
      first === undefined
        ? String(error instanceof Error ? error.message : error)
        : printParseErrorCode(first.error)
            .replace(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
            .replace(/^./, (letter) => letter.toUpperCase());
    throw new SourceSyntaxError(`${path} is not JSON: ${reason}`, path, {
      line: before.split("\n").length,
      column: before.length - before.lastIndexOf("\n"),
    });
  }
}
