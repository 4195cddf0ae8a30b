import { tokenizer } from "acorn";
import { parseErrorMessage } from "../loader/parse-error";
import { SourceSyntaxError } from "../loader/syntax-error";
import { stripTypes } from "../loader/typescript";
import type { InputState } from "../session-runtime";
import { readReplInput } from "./parse";

/** Messages of the parser about something that a next line could still close. */
const OPEN_ENDED = /^Unterminated (?:template|comment)/;
/** The same of the compiler that takes types out. */
const OPEN_ENDED_TYPES = /^Unterminated (?:template|comment)|^Unexpectedly reached the end of input/;
const CLOSERS: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}", "${": "}" };

/** Looks whether input can run, needs more lines, or is wrong. */
export function checkReplInput(source: string, typescript = true): InputState {
  const state = checkJavaScript(source);
  if (state.state !== "invalid" || !typescript) return state;
  const typed = checkTypeScript(source);
  return typed.state === "invalid" ? state : typed;
}

function checkJavaScript(source: string): InputState {
  try {
    readReplInput(source);
    return { state: "complete" };
  } catch (error) {
    // Deeper than this parser can follow: whether it can run, the engine says.
    if (error instanceof RangeError) return { state: "complete" };
    if (!(error instanceof SyntaxError)) throw error;
    const message = parseErrorMessage(error, source);
    // The parser came to the very end and wanted more.
    const wantsMore = message === "Unexpected end of input";
    const stringGoesOn = message.startsWith("Unterminated string") && /\\$/.test(source.trimEnd());
    return wantsMore || OPEN_ENDED.test(message) || stringGoesOn
      ? { state: "incomplete" }
      : { state: "invalid", message };
  }
}

function checkTypeScript(source: string): InputState {
  try {
    return checkJavaScript(stripTypes(source, "repl.ts").code);
  } catch (error) {
    if (!(error instanceof SourceSyntaxError)) throw error;
    const { message, position } = error;
    const lines = source.trimEnd().split("\n");
    const atEnd =
      position.line > lines.length ||
      (position.line === lines.length && position.column > (lines.at(-1) ?? "").length);
    const wantsMore = atEnd && message.startsWith("Unexpected ");
    return wantsMore || OPEN_ENDED_TYPES.test(message) || wouldBeClosed(source)
      ? { state: "incomplete" }
      : { state: "invalid", message };
  }
}

/** The compiler takes the types of an arrow function that does not end for something else, and stops there. */
function wouldBeClosed(source: string): boolean {
  const closers = missingClosers(source);
  if (closers === "") return false;
  try {
    readReplInput(stripTypes(`${source}\n${closers}`, "repl.ts").code);
    return true;
  } catch {
    return false;
  }
}

function missingClosers(source: string): string {
  const open: string[] = [];
  try {
    for (const { type } of tokenizer(source, { ecmaVersion: "latest" })) {
      const closer = CLOSERS[type.label];
      if (closer !== undefined) open.push(closer);
      else if (type.label === open.at(-1)) open.pop();
    }
  } catch {
    return "";
  }
  return open.reverse().join("");
}
