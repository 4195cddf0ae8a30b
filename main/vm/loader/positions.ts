import { GREATEST_LOWER_BOUND, originalPositionFor, type TraceMap } from "@jridgewell/trace-mapping";

/** Line and column of a source, both from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** How positions of the code that runs become positions of the text that the user wrote. */
export interface PositionMap {
  /** Characters that were put before the first line. */
  readonly prefix: number;
  /** Lines of the file before the text that runs, for a selection. */
  readonly lineOffset: number;
  /** From code to text, where a compiler moved columns. */
  readonly trace?: TraceMap | undefined;
  /** Pieces that were put into single lines, in order: at which column of the code, how many characters. */
  readonly insertions?: ReadonlyMap<number, readonly Insertion[]> | undefined;
}

export interface Insertion {
  readonly column: number;
  readonly length: number;
}

/** The place in the source as it was written of a place in what ran. */
export function toOriginal(map: PositionMap, position: Position): Position {
  let { line, column } = position;
  if (line === 1) column -= map.prefix;
  let removed = 0;
  for (const insertion of map.insertions?.get(line) ?? []) {
    // A place inside of what was put in is the place where it was put.
    const inside = column - (insertion.column + removed);
    if (inside > 0) removed += Math.min(inside, insertion.length);
  }
  column = Math.max(1, column - removed);
  if (map.trace !== undefined) {
    const original = originalPositionFor(map.trace, { line, column: column - 1, bias: GREATEST_LOWER_BOUND });
    if (original.line !== null) {
      line = original.line;
      column = original.column + 1;
    }
  }
  return { line: line + map.lineOffset, column };
}

/** Finds lines and columns of a text, to remember what was put into it. */
export class LineIndex {
  private readonly starts: number[] = [0];

  constructor(source: string) {
    for (let at = source.indexOf("\n"); at >= 0; at = source.indexOf("\n", at + 1)) this.starts.push(at + 1);
  }

  /** Remembers that `length` characters were put at an offset of the source. */
  note(insertions: Map<number, Insertion[]>, offset: number, length: number): void {
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    const list = insertions.get(low + 1) ?? [];
    // Columns of the code count from 1.
    list.push({ column: offset - (this.starts[low] ?? 0) + 1, length });
    insertions.set(low + 1, list);
  }
}
