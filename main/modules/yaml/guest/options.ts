import type { WireValue } from "../../../vm/guest/bridge";

type Check = (value: unknown) => string | undefined;

const boolean: Check = (value) => (typeof value === "boolean" ? undefined : "true or false");
const text: Check = (value) => (typeof value === "string" ? undefined : "a string");
const oneOf =
  (...allowed: readonly unknown[]): Check =>
  (value) =>
    allowed.includes(value) ? undefined : `one of ${allowed.map((item) => JSON.stringify(item)).join(", ")}`;
const integer =
  (min: number, max: number): Check =>
  (value) =>
    typeof value === "number" && Number.isInteger(value) && value >= min && value <= max
      ? undefined
      : `a whole number from ${min} to ${max}`;

const PARSE: ReadonlyMap<string, Check> = new Map<string, Check>([
  ["intAsBigInt", boolean],
  ["mapAsMap", boolean],
  ["maxAliasCount", integer(-1, Number.MAX_SAFE_INTEGER)],
  ["merge", boolean],
  ["schema", oneOf("core", "failsafe", "json", "yaml-1.1")],
  ["strict", boolean],
  ["uniqueKeys", boolean],
  ["version", oneOf("1.1", "1.2")],
]);

const STRINGIFY: ReadonlyMap<string, Check> = new Map<string, Check>([
  ["aliasDuplicateObjects", boolean],
  ["collectionStyle", oneOf("any", "block", "flow")],
  ["indent", integer(1, 16)],
  ["indentSeq", boolean],
  ["keepUndefined", boolean],
  ["lineWidth", integer(0, 10_000)],
  ["nullStr", text],
  ["singleQuote", boolean],
  ["sortMapEntries", boolean],
]);

/** Copies the options into a plain object; throws `TypeError` for one that does not exist or has a wrong value. */
function check(options: unknown, known: ReadonlyMap<string, Check>): Record<string, WireValue> {
  if (options === undefined || options === null) return {};
  if (typeof options !== "object" || Array.isArray(options))
    throw new TypeError("YAML options must be an object.");
  const checked: Record<string, WireValue> = {};
  for (const [name, value] of Object.entries(options)) {
    const problem = known.get(name);
    if (problem === undefined)
      throw new TypeError(`Unknown YAML option "${name}". Options: ${[...known.keys()].join(", ")}.`);
    if (value === undefined) continue;
    const expected = problem(value);
    if (expected !== undefined) throw new TypeError(`YAML option "${name}" must be ${expected}.`);
    // Every check admits only primitives.
    checked[name] = value as WireValue;
  }
  return checked;
}

/** Options of `parse`, `parseAll` and `validate`. */
export function parseOptions(options: unknown): Record<string, WireValue> {
  return check(options, PARSE);
}

/** Options of `stringify`. */
export function stringifyOptions(options: unknown): Record<string, WireValue> {
  return check(options, STRINGIFY);
}
