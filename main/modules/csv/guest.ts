import type { GuestBridge, GuestFactory, WireValue } from "../../vm/guest/bridge";
import { parseOptions, stringifyOptions, type Options } from "./guest/options";
import { createRowMaker, toRecords } from "./guest/rows";

type Records = readonly (readonly string[])[];

const isIterable = (value: unknown): value is Iterable<unknown> =>
  typeof (value as { [Symbol.iterator]?: unknown } | null | undefined)?.[Symbol.iterator] === "function";
const isAsyncIterable = (value: unknown): value is AsyncIterable<unknown> =>
  typeof (value as { [Symbol.asyncIterator]?: unknown } | null | undefined)?.[Symbol.asyncIterator] ===
  "function";

function checkText(text: unknown): string {
  if (typeof text === "string") return text;
  throw new TypeError(`CSV must be text, not ${text === null ? "null" : typeof text}.`);
}

/** How much of a long text is handed over at once: rows come while the rest has not been looked at. */
const CHUNK = 65_536;

function* chunksOf(text: string): Generator<string> {
  for (let at = 0; at < text.length; at += CHUNK) yield text.slice(at, at + CHUNK);
}

/** A parser of the host that is fed piece by piece. */
function openParser(bridge: GuestBridge, options: Options) {
  const id = bridge.call("open", options);
  const make = createRowMaker(options);
  const rows = (records: WireValue): unknown[] =>
    (records as Records).map(make).filter((row) => row !== undefined);
  return {
    push: (chunk: unknown): unknown[] => rows(bridge.call("push", id, checkText(chunk))),
    finish: (): unknown[] => rows(bridge.call("finish", id)),
    close: (): void => void bridge.call("close", id),
  };
}

const factory: GuestFactory = (bridge) => {
  function* rowsOf(source: Iterable<unknown>, options: Options): Generator<unknown> {
    const parser = openParser(bridge, options);
    try {
      for (const chunk of source) yield* parser.push(chunk);
      yield* parser.finish();
    } finally {
      parser.close();
    }
  }

  async function* rowsOfAsync(source: AsyncIterable<unknown>, options: Options): AsyncGenerator<unknown> {
    const parser = openParser(bridge, options);
    try {
      for await (const chunk of source) yield* parser.push(chunk);
      yield* parser.finish();
    } finally {
      parser.close();
    }
  }

  return {
    parse(text: unknown, options?: unknown): unknown[] {
      return [...rowsOf([checkText(text)], parseOptions(options))];
    },
    rows(source: unknown, options?: unknown): object {
      const checked = parseOptions(options);
      if (typeof source === "string") return rowsOf(chunksOf(source), checked);
      if (isAsyncIterable(source)) return rowsOfAsync(source, checked);
      if (isIterable(source)) return rowsOf(source, checked);
      throw new TypeError("CSV rows come from a text or from an iterable of texts.");
    },
    stringify(rows: unknown, options?: unknown): WireValue {
      const checked = stringifyOptions(options);
      return bridge.call("stringify", toRecords(rows, checked), checked);
    },
  };
};
export default factory;
