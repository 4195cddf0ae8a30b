import { Console } from "node:console";
import { Writable } from "node:stream";
import { inspect, types } from "node:util";
import type { ConsolePayload } from "../../../shared/model/event";
import type { Description } from "./descriptor";
import { Reviver, type StackMapper } from "./revive";
import { holdsPairs } from "./revive-size";

type TableData = NonNullable<ConsolePayload["table"]>;

/** Text and data of `console.table`. Node's own console draws the text, from the rebuilt value. */
export function consoleTable(
  description: Description,
  properties: readonly string[] | undefined,
  mapStack?: StackMapper,
): { readonly text: string; readonly data?: TableData } {
  const value = Reviver.revive(description, mapStack);
  let text = "";
  const stdout = new Writable({
    write(chunk: Buffer, _encoding, done) {
      text += chunk.toString();
      done();
    },
  });
  new Console({ stdout, colorMode: false }).table(value, properties);
  const [root] = description.n ?? [];
  const data = tableData(value, properties, root !== undefined && holdsPairs(root));
  const drawn = text.replace(/\n$/, "");
  return data === undefined ? { text: drawn } : { text: drawn, data };
}

/** Columns and rows as Node's console chooses them. */
function tableData(
  value: unknown,
  properties: readonly string[] | undefined,
  entries: boolean,
): TableData | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  if (value instanceof Map) return entryTable(Map.prototype.entries.call(value));
  if (value instanceof Set) return valueTable(Set.prototype.values.call(value));
  // The text is drawn: what the rebuilt iterator gives may be taken.
  if (types.isMapIterator(value) && entries) return entryTable(value as MapIterator<[unknown, unknown]>);
  if (types.isMapIterator(value) || types.isSetIterator(value))
    return valueTable(value as IterableIterator<unknown>);
  return objectTable(value, properties);
}

function entryTable(entries: Iterable<[unknown, unknown]>): TableData {
  const rows = [...entries].map(([key, item], index) => [String(index), cell(key), cell(item)]);
  return { columns: ["(iteration index)", "Key", "Values"], rows };
}

function valueTable(values: Iterable<unknown>): TableData {
  const rows = [...values].map((item, index) => [String(index), cell(item)]);
  return { columns: ["(iteration index)", "Values"], rows };
}

function objectTable(value: object, properties: readonly string[] | undefined): TableData {
  const columns = new Set<string>();
  let hasPrimitives = false;
  const rows = Object.keys(value).map((index) => {
    const item: unknown = Reflect.get(value, index);
    const primitive = item === null || (typeof item !== "object" && typeof item !== "function");
    if (properties === undefined && primitive) {
      hasPrimitives = true;
      return { index, cells: new Map<string, string>(), own: cell(item) };
    }
    const cells = new Map<string, string>();
    for (const key of properties ?? Object.keys(item as object)) {
      columns.add(key);
      if (!primitive && Object.hasOwn(item, key)) cells.set(key, cell(Reflect.get(item, key)));
    }
    return { index, cells, own: undefined };
  });
  const names = [...columns];
  return {
    columns: ["(index)", ...names, ...(hasPrimitives ? ["Values"] : [])],
    rows: rows.map(({ index, cells, own }) => [
      index,
      ...names.map((name) => cells.get(name) ?? ""),
      ...(hasPrimitives ? [own ?? ""] : []),
    ]),
  };
}

function cell(value: unknown): string {
  const large =
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    !ArrayBuffer.isView(value) &&
    Object.keys(value).length > 2;
  return inspect(value, { depth: large ? -1 : 0, maxArrayLength: 3, breakLength: Infinity });
}
