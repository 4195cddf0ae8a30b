/** `.d.ts` text of the module `util`. */
export const typings = `declare module "util" {
  export interface InspectOptions {
    /** Shows properties that are not enumerable too. */
    showHidden?: boolean;
    /** How deep objects are shown; null for all of it. Default 2. */
    depth?: number | null;
    colors?: boolean;
    /** Whether the functions under \`inspect.custom\` are called. Default true. */
    customInspect?: boolean;
    showProxy?: boolean;
    maxArrayLength?: number | null;
    maxStringLength?: number | null;
    /** Width at which objects are broken into lines. Default 80. */
    breakLength?: number;
    compact?: boolean | number;
    sorted?: boolean | ((a: string, b: string) => number);
    getters?: boolean | "get" | "set";
    numericSeparator?: boolean;
  }
  interface Inspect {
    (value: unknown, options?: InspectOptions): string;
    (value: unknown, showHidden?: boolean, depth?: number | null, colors?: boolean): string;
    /** Name of a method with which an object decides how it is shown. */
    readonly custom: unique symbol;
    defaultOptions: InspectOptions;
  }
  interface Promisify {
    (original: (...args: any[]) => unknown): (...args: any[]) => Promise<any>;
    /** Name of a property that holds the promise form of a function. */
    readonly custom: unique symbol;
  }
  interface Types {
    isExternal(value: unknown): boolean;
    isDate(value: unknown): value is Date;
    isArgumentsObject(value: unknown): boolean;
    isBigIntObject(value: unknown): boolean;
    isBooleanObject(value: unknown): boolean;
    isNumberObject(value: unknown): boolean;
    isStringObject(value: unknown): boolean;
    isSymbolObject(value: unknown): boolean;
    isBoxedPrimitive(value: unknown): boolean;
    isNativeError(value: unknown): value is Error;
    isRegExp(value: unknown): value is RegExp;
    isAsyncFunction(value: unknown): boolean;
    isGeneratorFunction(value: unknown): boolean;
    isGeneratorObject(value: unknown): boolean;
    isPromise(value: unknown): value is Promise<unknown>;
    isMap(value: unknown): value is Map<unknown, unknown>;
    isSet(value: unknown): value is Set<unknown>;
    isMapIterator(value: unknown): boolean;
    isSetIterator(value: unknown): boolean;
    isWeakMap(value: unknown): value is WeakMap<object, unknown>;
    isWeakSet(value: unknown): value is WeakSet<object>;
    isArrayBuffer(value: unknown): value is ArrayBuffer;
    isSharedArrayBuffer(value: unknown): boolean;
    isAnyArrayBuffer(value: unknown): boolean;
    isDataView(value: unknown): value is DataView;
    isProxy(value: unknown): boolean;
    isModuleNamespaceObject(value: unknown): boolean;
    isArrayBufferView(value: unknown): value is ArrayBufferView;
    isTypedArray(value: unknown): boolean;
    isUint8Array(value: unknown): value is Uint8Array;
    isUint8ClampedArray(value: unknown): value is Uint8ClampedArray;
    isUint16Array(value: unknown): value is Uint16Array;
    isUint32Array(value: unknown): value is Uint32Array;
    isInt8Array(value: unknown): value is Int8Array;
    isInt16Array(value: unknown): value is Int16Array;
    isInt32Array(value: unknown): value is Int32Array;
    isFloat32Array(value: unknown): value is Float32Array;
    isFloat64Array(value: unknown): value is Float64Array;
    isBigInt64Array(value: unknown): value is BigInt64Array;
    isBigUint64Array(value: unknown): value is BigUint64Array;
  }
  export const inspect: Inspect;
  export function format(format?: unknown, ...values: unknown[]): string;
  export function formatWithOptions(inspectOptions: InspectOptions, format?: unknown, ...values: unknown[]): string;
  export const promisify: Promisify;
  export function callbackify(original: (...args: any[]) => Promise<unknown>): (...args: any[]) => void;
  export function inherits(constructor: Function, superConstructor: Function): void;
  export function deprecate<F extends Function>(fn: F, message: string, code?: string): F;
  export const types: Types;
  export function isDeepStrictEqual(a: unknown, b: unknown): boolean;
  export function stripVTControlCharacters(str: string): string;
  export function toUSVString(value: string): string;
  const GlobalTextEncoder: typeof TextEncoder;
  const GlobalTextDecoder: typeof TextDecoder;
  export { GlobalTextEncoder as TextEncoder, GlobalTextDecoder as TextDecoder };
}
`;
