import type { WireValue } from "../../../vm/guest/bridge";

type Check = readonly [test: (value: unknown) => boolean, expected: string];
type Checks = Readonly<Record<string, Check>>;

const flag: Check = [(value) => typeof value === "boolean", "true or false"];
const text: Check = [(value) => typeof value === "string" && value !== "", "a text that is not empty"];
const header: Check = [
  (value) =>
    typeof value === "boolean" || (Array.isArray(value) && value.every((name) => typeof name === "string")),
  "true, false or a list of names",
];

const PARSE: Checks = {
  header,
  delimiter: text,
  quote: [(value) => value === false || text[0](value), "a text or false"],
  escape: text,
  comment: text,
  trim: flag,
  numbers: flag,
  skipEmptyLines: flag,
  relaxColumnCount: flag,
};
const STRINGIFY: Checks = {
  header,
  delimiter: text,
  quote: text,
  quoteAll: flag,
  newline: text,
  bom: flag,
  escapeFormulas: flag,
};

export type Options = Record<string, WireValue>;

function check(options: unknown, checks: Checks): Options {
  if (options === undefined || options === null) return {};
  if (typeof options !== "object" || Array.isArray(options))
    throw new TypeError("CSV options must be an object.");
  const checked: Options = {};
  for (const [name, value] of Object.entries(options)) {
    const known = Object.hasOwn(checks, name) ? checks[name] : undefined;
    if (known === undefined)
      throw new TypeError(`Unknown CSV option "${name}". Options: ${Object.keys(checks).join(", ")}.`);
    if (value === undefined) continue;
    const [test, expected] = known;
    if (!test(value)) throw new TypeError(`CSV option "${name}" must be ${expected}.`);
    // Every check admits only texts, booleans and lists of texts.
    checked[name] = value as WireValue;
  }
  return checked;
}

/** Options of `parse` and `rows`. */
export const parseOptions = (options: unknown): Options => check(options, PARSE);
/** Options of `stringify`. */
export const stringifyOptions = (options: unknown): Options => check(options, STRINGIFY);
