import type { GuestFactory, WireValue } from "../../vm/guest/bridge";
import type { Graph } from "./graph";
import { describeWritten, flatten, plain, restore } from "./graph";
import { parseOptions, stringifyOptions } from "./guest/options";

function checkText(text: unknown): string {
  if (typeof text === "string") return text;
  throw new TypeError(`YAML text must be a string, not ${text === null ? "null" : typeof text}.`);
}

const factory: GuestFactory = (bridge) => ({
  parse: (text: unknown, options?: unknown): unknown =>
    restore(bridge.call("parse", checkText(text), parseOptions(options)) as Graph, "object"),

  parseAll: (text: unknown, options?: unknown): unknown =>
    restore(bridge.call("parseAll", checkText(text), parseOptions(options)) as Graph, "object"),

  stringify(value: unknown, options?: unknown): WireValue {
    const checked = stringifyOptions(options);
    const root = plain(value);
    if (root === undefined) throw new TypeError("Nothing to write as YAML: the value is undefined.");
    return bridge.call("stringify", flatten(root, describeWritten), checked);
  },

  validate: (text: unknown, options?: unknown): WireValue =>
    bridge.call("validate", checkText(text), parseOptions(options)),
});
export default factory;
