import type { SourceLocation } from "../../shared/model/value";
import type { SourceStore } from "./loader/sources";

/** A frame of the engine: `    at name (file:line:column)`, `    at file:line:column`, `    at name (native)`. */
const FRAME = /^\s*at (?:(.*?) \()?((?:[^()]|\([^()]*\))*?)(?::(\d+))?(?::(\d+))?\)?$/;
const FRAME_START = /^\s*at /;
/** Code of the runtime itself, and of `eval`. */
const OWN = "vm:";
const EVAL_FILES = new Set(["<input>", "<evalScript>", "<null>"]);
const GENERATION = /\?v=\d+$/;
/** The engine gives a text that `JSON.parse` refuses a frame of its own, before that of the function. */
const PARSED_TEXT = /^\s*at <input>:(\d+):(\d+)$/;
const JSON_PARSE = /^\s*at parse \(native\)$/;

export interface Frame {
  readonly name: string | undefined;
  /** Absent for built-in functions and code of `eval`. */
  readonly location: SourceLocation | undefined;
  /** Of `JSON.parse`: where the text that it was given is wrong. */
  readonly inside?: { readonly line: number; readonly column: number };
}

/**
 * Frames of user code in a stack. Those of the engine's own text are led back to the text that the user wrote; a text with a
 * header is what a script has read or written, whose places are those already.
 */
export function readStack(stack: string, sources: Pick<SourceStore, "position">): Frame[] {
  const frames: Frame[] = [];
  const isEngines = FRAME_START.test(stack);
  const lines = stack.split("\n");
  for (const [index, line] of lines.entries()) {
    const text = index === 0 && isEngines ? PARSED_TEXT.exec(line) : null;
    if (text !== null && JSON_PARSE.test(lines[1] ?? "")) {
      const inside = { line: Number(text[1]), column: Number(text[2]) };
      frames.push({ name: "JSON.parse", location: undefined, inside });
      // The next line is the function's own.
      lines[1] = "";
      continue;
    }
    // A built-in that the runtime called, such as `Reflect.apply`, belongs to the runtime.
    if (line.endsWith("(native)") && lines[index + 1]?.includes(`(${OWN}`) === true) continue;
    const found = FRAME.exec(line);
    if (found === null || !line.trimStart().startsWith("at ")) continue;
    const [, called, file = "", lineText, columnText] = found;
    if (file.startsWith(OWN)) continue;
    const name = called === undefined || called === "<anonymous>" || called === "<eval>" ? undefined : called;
    if (lineText === undefined || EVAL_FILES.has(file)) {
      frames.push({ name, location: undefined });
      continue;
    }
    const path = file.replace(GENERATION, "");
    const written = { line: Number(lineText), column: Number(columnText ?? 1) };
    const position = isEngines ? sources.position(path, written) : written;
    frames.push({ name, location: { path, line: position.line, column: position.column } });
  }
  return dropWrapper(frames);
}

/** The frames as Node prints them, one line each. */
export function printFrames(frames: readonly Frame[]): string {
  return frames
    .map(({ name, location, inside }) => {
      const { path, line, column = 1 } = location ?? { path: "<anonymous>", ...inside };
      const place = line === undefined ? path : `${path}:${line}:${column}`;
      return name === undefined ? `    at ${place}` : `    at ${name} (${place})`;
    })
    .join("\n");
}

/** Functions of the engine that call user code at the very outside belong to the runtime, not to the script. */
function dropWrapper(frames: Frame[]): Frame[] {
  while (frames.length > 0 && frames.at(-1)?.location === undefined) frames.pop();
  return frames;
}
