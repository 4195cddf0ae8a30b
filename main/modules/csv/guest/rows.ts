import type { Options } from "./options";

const NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;

/** Numbers become numbers when they read back the same way: neither `007` nor 20 digits do. */
function toNumber(text: string): string | number {
  if (!NUMBER.test(text)) return text;
  const number = Number(text);
  return Number.isInteger(number) && !Number.isSafeInteger(number) ? text : number;
}

/** Turns records into what the script gets: lists, or objects by the header. Keeps the header between calls. */
export function createRowMaker(options: Options): (record: readonly string[]) => unknown {
  const convert = options.numbers === true ? toNumber : (text: string): string => text;
  let names = Array.isArray(options.header) ? (options.header as readonly string[]) : undefined;
  return (record) => {
    if (names === undefined) {
      if (options.header !== true) return record.map(convert);
      names = record;
      return undefined;
    }
    // `fromEntries` makes own properties, also of a column named __proto__.
    return Object.fromEntries(names.map((name, index) => [name, convert(record[index] ?? "")]));
  };
}

function toText(value: unknown): string {
  switch (typeof value) {
    case "string":
      return value;
    case "number":
    case "bigint":
    case "boolean":
      return String(value);
    case "undefined":
      return "";
    case "object":
      if (value === null) return "";
      return value instanceof Date ? value.toISOString() : JSON.stringify(value);
    default:
      throw new TypeError(`A ${typeof value} cannot be written as CSV.`);
  }
}

/** Rows of texts, the header first if there is one. Columns are those of the header, else of the first object. */
export function toRecords(rows: unknown, options: Options): string[][] {
  if (typeof rows !== "object" || rows === null || !(Symbol.iterator in rows)) {
    throw new TypeError("CSV rows must be a list or another iterable.");
  }
  const records: string[][] = [];
  let names = Array.isArray(options.header) ? (options.header as readonly string[]) : undefined;
  if (names !== undefined) records.push([...names]);
  for (const row of rows as Iterable<unknown>) {
    if (Array.isArray(row)) {
      records.push(row.map(toText));
      continue;
    }
    if (typeof row !== "object" || row === null)
      throw new TypeError("A CSV row must be a list or an object.");
    if (names === undefined) {
      names = Object.keys(row);
      if (options.header !== false) records.push([...names]);
    }
    records.push(
      names.map((name) =>
        toText(Object.hasOwn(row, name) ? (row as Record<string, unknown>)[name] : undefined),
      ),
    );
  }
  return records;
}
