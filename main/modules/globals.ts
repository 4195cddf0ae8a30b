/**
 * Typings of what every session has without any module, besides ECMAScript itself. The text is handed to the editor
 * as it stands; the names that it declares are the host globals that the module policy knows. A test compares it with
 * a real session.
 */
export const GLOBALS_TYPINGS = `/** Console of the session. Output becomes events of the running execution. */
interface Console {
  /** Prints values as Node does. */
  log(...values: unknown[]): void;
  info(...values: unknown[]): void;
  debug(...values: unknown[]): void;
  warn(...values: unknown[]): void;
  error(...values: unknown[]): void;
  /** Prints the values and where it was called. */
  trace(...values: unknown[]): void;
  /** Prints an error when the condition is falsy. */
  assert(condition?: unknown, ...values: unknown[]): void;
  /** Prints rows as a table; \`columns\` chooses and orders the columns. */
  table(data?: unknown, columns?: readonly string[]): void;
  /** Prints one value with inspection options. */
  dir(value?: unknown, options?: { depth?: number | null; showHidden?: boolean; colors?: boolean }): void;
  dirxml(...values: unknown[]): void;
  /** Starts a group: what follows is indented until \`groupEnd\`. */
  group(...label: unknown[]): void;
  groupCollapsed(...label: unknown[]): void;
  groupEnd(): void;
  /** Counts its calls per label. */
  count(label?: string): void;
  countReset(label?: string): void;
  /** Starts a timer with this label. */
  time(label?: string): void;
  timeLog(label?: string, ...values: unknown[]): void;
  timeEnd(label?: string): void;
  clear(): void;
}
declare var console: Console;

/** Calls back once after \`ms\` milliseconds; gives an id for \`clearTimeout\`. */
declare function setTimeout(callback: (...args: any[]) => void, ms?: number, ...args: unknown[]): number;
declare function clearTimeout(id: number | undefined): void;
/** Calls back every \`ms\` milliseconds; an execution lasts until its intervals are cleared. */
declare function setInterval(callback: (...args: any[]) => void, ms?: number, ...args: unknown[]): number;
declare function clearInterval(id: number | undefined): void;
/** Calls back as soon as the current work is done. */
declare function setImmediate(callback: (...args: any[]) => void, ...args: unknown[]): number;
declare function clearImmediate(id: number | undefined): void;
/** Runs a job before the next timer. */
declare function queueMicrotask(callback: () => void): void;
/** Deep copy of a value: Map, Set, Date, typed arrays and cycles survive, functions do not. */
declare function structuredClone<T>(value: T): T;
/** Decodes base64 to a binary string. */
declare function atob(data: string): string;
/** Encodes a binary string as base64. */
declare function btoa(data: string): string;

declare class TextEncoder {
  readonly encoding: "utf-8";
  encode(input?: string): Uint8Array;
  encodeInto(source: string, destination: Uint8Array): { read: number; written: number };
}
declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean });
  readonly encoding: string;
  readonly fatal: boolean;
  readonly ignoreBOM: boolean;
  decode(input?: ArrayBuffer | ArrayBufferView, options?: { stream?: boolean }): string;
}

declare class URL {
  constructor(url: string | URL, base?: string | URL);
  static canParse(url: string | URL, base?: string | URL): boolean;
  /** As the constructor, but \`null\` for what is no address. */
  static parse(url: string | URL, base?: string | URL): URL | null;
  hash: string;
  host: string;
  hostname: string;
  href: string;
  readonly origin: string;
  password: string;
  pathname: string;
  port: string;
  protocol: string;
  search: string;
  readonly searchParams: URLSearchParams;
  username: string;
  toString(): string;
  toJSON(): string;
}
declare class URLSearchParams implements Iterable<[string, string]> {
  constructor(init?: string | Record<string, string> | Iterable<readonly [string, string]> | URLSearchParams);
  readonly size: number;
  append(name: string, value: string): void;
  delete(name: string, value?: string): void;
  get(name: string): string | null;
  getAll(name: string): string[];
  has(name: string, value?: string): boolean;
  set(name: string, value: string): void;
  sort(): void;
  forEach(callback: (value: string, name: string, params: URLSearchParams) => void, thisArg?: unknown): void;
  entries(): IterableIterator<[string, string]>;
  keys(): IterableIterator<string>;
  values(): IterableIterator<string>;
  [Symbol.iterator](): IterableIterator<[string, string]>;
  toString(): string;
}

declare class AbortController {
  readonly signal: AbortSignal;
  abort(reason?: unknown): void;
}
declare class AbortSignal {
  private constructor();
  static abort(reason?: unknown): AbortSignal;
  static timeout(ms: number): AbortSignal;
  static any(signals: Iterable<AbortSignal>): AbortSignal;
  readonly aborted: boolean;
  readonly reason: unknown;
  onabort: ((event: { type: "abort"; target: AbortSignal }) => void) | null;
  throwIfAborted(): void;
  addEventListener(type: "abort", listener: (event: { type: "abort"; target: AbortSignal }) => void, options?: { once?: boolean }): void;
  removeEventListener(type: "abort", listener: (event: { type: "abort"; target: AbortSignal }) => void): void;
}

declare var performance: {
  /** Milliseconds since the session started, with fractions. */
  now(): number;
};
`;

/**
 * Typings of what a script has besides: the arguments of its execution, and the names that each file has for itself.
 * None of these is a global that a module name could be mistaken for.
 */
export const SCRIPT_TYPINGS = `/**
 * Arguments of the running execution: the parameters that its script declares, or else any JSON value (\`--args\`).
 * \`undefined\` when none were given.
 */
declare var args: any;
/** Environment given to the running execution (\`--env\`). */
declare var env: Readonly<Record<string, string>>;

/** Arguments and environment of the running execution. */
declare module "vm:args" {
  export const args: any;
  export const env: Readonly<Record<string, string>>;
}

/** Types for the parameters that a script declares at its top: \`@param {integer} args.count\`. */
type integer = number;
type date = string;
type file = string;
type folder = string;

/** Loads a native module, a library, or a file of the workspace. */
declare function require(specifier: string): any;
declare var module: { exports: any };
declare var exports: any;
/** Absolute path of this file. */
declare var __filename: string;
/** Absolute path of this file's folder. */
declare var __dirname: string;
`;

/** Names that {@link GLOBALS_TYPINGS} declares. */
export function hostGlobalNames(): string[] {
  return [...GLOBALS_TYPINGS.matchAll(/^declare (?:var|function|class) (\w+)/gm)].map(
    (match) => match[1] ?? "",
  );
}
