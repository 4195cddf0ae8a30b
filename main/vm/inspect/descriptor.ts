/**
 * The form in which values leave the VM: plain JSON, written by the describer inside (`main/vm/guest/describe.ts`) and read
 * by this folder. Objects stand in a flat table and refer to each other by index, so that cycles need nothing special
 * and depth costs no recursion.
 */

/** A primitive, or a reference `[index]` to an object of the table. */
export type Encoded =
  | string
  | number
  | boolean
  | null
  | readonly [reference: number]
  | readonly ["u"]
  /** `NaN`, `Infinity`, `-Infinity`, `-0`. */
  | readonly ["n", string]
  | readonly ["b", digits: string]
  /** A symbol; `null` when it has no description. */
  | readonly ["y", description: string | null]
  /** A string that was cut: its beginning and its whole length. */
  | readonly ["s", start: string, length: number]
  /** Text that stands for a value that is not shown. */
  | readonly ["t", text: string];

/** Name of a property, or a symbol; `tag` marks `Symbol.toStringTag` itself. */
export type EncodedKey = string | readonly ["y", description: string | null, which?: "tag"];

/** Bits of a property: what it is besides an enumerable data property. */
export const PROPERTY_HIDDEN = 1;
export const PROPERTY_GETTER = 2;
export const PROPERTY_SETTER = 4;
/** A getter that was run on request: the value is what it gave, or the message of what it threw. */
export const PROPERTY_RAN = 8;
export const PROPERTY_THREW = 16;

export type ObjectKind =
  | "object"
  | "array"
  | "arguments"
  | "function"
  | "error"
  | "boxed"
  | "date"
  | "regexp"
  | "arraybuffer"
  | "sharedarraybuffer"
  | "typedarray"
  | "dataview"
  | "map"
  | "set"
  | "weakmap"
  | "weakset"
  | "weakref"
  | "mapiterator"
  | "setiterator"
  | "generator"
  | "asyncgenerator"
  | "promise"
  | "module"
  | "global"
  /** Only with `showProxy`: elements are target and handler. */
  | "proxy"
  | "revoked"
  /** What a `[util.inspect.custom]` function gave: text, or another value to show instead. */
  | "custom"
  /** A prototype that is no intrinsic: only what the printed name of its objects needs. */
  | "prototype";

export interface ObjectDescriptor {
  /** Kind. */
  readonly k: ObjectKind;
  /** Prototype: absent for the intrinsic of the kind, `null`, name of an intrinsic, or index of a descriptor. */
  readonly p?: string | number | null;
  /** Name of the function in its own property `constructor`, when the object is an instance of it. */
  readonly c?: string;
  /** Own `Symbol.toStringTag`, when it is a string and not a getter. */
  readonly g?: string;
  /** Name: of a function (own), of an error, of a typed array's class. */
  readonly n?: string;
  /** Text: stack of an error, source of a regular expression, flavour of a function, `entries` of an iterator, custom text. */
  readonly t?: string;
  /** Flags of a regular expression. */
  readonly f?: string;
  /** Primitive inside (boxed), time of a date (`null`: invalid), settled value of a promise, custom value. */
  readonly v?: Encoded;
  /** State of a promise. */
  readonly s?: "pending" | "fulfilled" | "rejected";
  /** Elements: of an array, typed array, set; keys and values in turn of a map; what an iterator still gives; bytes of a buffer. */
  readonly e?: readonly Encoded[];
  /** Places of the elements when they do not simply count from 0 (holes). */
  readonly x?: readonly number[];
  /** Whole number of elements (entries count once); bytes of a buffer. */
  readonly l?: number;
  /** Properties: key, bits, value in turn. */
  readonly o?: readonly (EncodedKey | number | Encoded)[];
  /** Number of properties left out. */
  readonly m?: number;
  /** Cut by depth or budget: the contents are not here. */
  readonly d?: 1;
  /** Seen through a proxy. */
  readonly q?: 1;
}

/** A value with everything that it reaches, bounded. */
export interface Description {
  readonly v: Encoded;
  /** Table of objects; the root object is the first. */
  readonly n?: readonly ObjectDescriptor[];
  /** Id under which the session keeps the root object. */
  readonly i?: string;
  /** Something was left out by a bound. */
  readonly b?: 1;
}

/** A property of a kept object, for lazy expansion. */
export interface PropertyDescription {
  readonly key: EncodedKey;
  readonly kind: "property" | "accessor" | "entry" | "internal";
  readonly enumerable: boolean;
  readonly value?: Description;
  /** Key of a map's entry. */
  readonly entryKey?: Description;
  /** `get`, `set`, `get/set`. */
  readonly access?: string;
}

/** Options of `util.inspect` that travel between guest and host; numbers may be `null` for "without limit". */
export interface InspectOptions {
  readonly depth?: number | null;
  readonly showHidden?: boolean;
  readonly showProxy?: boolean;
  readonly colors?: boolean;
  readonly maxArrayLength?: number | null;
  readonly maxStringLength?: number | null;
  readonly breakLength?: number | null;
  readonly compact?: number | boolean;
  readonly sorted?: boolean;
  readonly getters?: boolean | "get" | "set";
  readonly numericSeparator?: boolean;
}

/** Part of a console line: text as it is, the argument at an index, or a value to inspect with its options. */
export type TextPiece =
  string | { readonly a: number } | { readonly d: Description; readonly o?: InspectOptions };

/** What the console sends of its arguments (`emitConsole` in `main/vm/guest/environment.ts`). */
export interface ConsoleArguments {
  /** The arguments; absent when only the text matters. */
  readonly a?: readonly Description[];
  /** How the text is put together; absent: the arguments, separated by blanks. */
  readonly p?: readonly TextPiece[];
  /** `console.table`: the columns asked for, `null` for all; the first argument is the data. */
  readonly t?: readonly string[] | null;
}
