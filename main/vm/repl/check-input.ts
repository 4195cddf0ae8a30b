import { stripTypes } from "../loader/typescript";
import type { InputState } from "../session-runtime";
import { readReplInput } from "./parse";

/** Messages of the parser about something that a next line could still close. */
const OPEN_ENDED = /^Unterminated (?:template|comment)/;

/** Looks whether input can run, needs more lines, or is wrong. */
export function checkReplInput(source: string, typescript = true): InputState {
  try {
    readReplInput(source);
    return { state: "complete" };
  } catch (error) {
    if (typescript && isTypeScript(source)) return { state: "complete" };
    if (!(error instanceof SyntaxError)) throw error;
    const message = error.message.replace(/ \(\d+:\d+\)$/, "");
    const at = "pos" in error && typeof error.pos === "number" ? error.pos : 0;
    // The parser came to the very end and wanted more.
    const wantsMore = at >= source.trimEnd().length && message.startsWith("Unexpected token");
    const stringGoesOn = message.startsWith("Unterminated string") && /\\$/.test(source.trimEnd());
    return wantsMore || OPEN_ENDED.test(message) || stringGoesOn
      ? { state: "incomplete" }
      : { state: "invalid", message };
  }
}

function isTypeScript(source: string): boolean {
  try {
    readReplInput(stripTypes(source, "repl.ts").code);
    return true;
  } catch {
    return false;
  }
}
