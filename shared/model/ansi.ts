const ESCAPE = "\u001b";
/** Escape sequences of terminals: those that start with `ESC [`, and titles and links, which start with `ESC ]`. */
const SEQUENCE = /\u001b(?:\[[0-?]*[ -/]*([@-~])|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?)/g;
const STYLE = "m";

/** Text without a terminal's escape sequences: what one reads. */
export const withoutAnsi = (text: string): string =>
  text.includes(ESCAPE) ? text.replace(SEQUENCE, "") : text;

/** Text with those escape sequences only that colour it; `undefined` when there are none. */
export function ansiStyled(text: string): string | undefined {
  if (!text.includes(ESCAPE)) return undefined;
  return text.replace(SEQUENCE, (sequence, end: string | undefined) => (end === STYLE ? sequence : ""));
}
