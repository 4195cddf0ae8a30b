const SECTION = { global: 6, export: 7, code: 10 } as const;
const EXPORT_KIND = { table: 1, global: 3 } as const;
const HEADER_BYTES = 8;

/** Names under which {@link prepareBinary} exports what the engine's build keeps to itself. */
export const EXPORTS = {
  /** The function table: without it no host function can stand where the engine wants a C function pointer. */
  table: "table",
  /** See {@link lazyStack}: bits of the functions that read and write `stack`; zero: errors get their stack as text. */
  stackGetter: "stackGetter",
  stackSetter: "stackSetter",
} as const;

interface Section {
  readonly id: number;
  readonly content: Uint8Array;
}

/**
 * Prepares the engine's WebAssembly binary: exports the function table, and lets errors have an accessor `stack`. Throws when
 * the binary is not the one that is known: see ADR 100.
 */
export function prepareBinary(binary: Uint8Array): Uint8Array<ArrayBuffer> {
  const sections = readSections(binary);
  const [globals = 0] = readUnsigned(find(sections, SECTION.global).content, 0);
  const prepared = sections.map((section): Section => {
    if (section.id === SECTION.global) return append(section, [MUTABLE_I64, MUTABLE_I64]);
    if (section.id === SECTION.code) return lazyStack(section, globals, globals + 1);
    if (section.id !== SECTION.export) return section;
    return append(section, [
      exportEntry(EXPORTS.table, EXPORT_KIND.table, 0),
      exportEntry(EXPORTS.stackGetter, EXPORT_KIND.global, globals),
      exportEntry(EXPORTS.stackSetter, EXPORT_KIND.global, globals + 1),
    ]);
  });
  return concat([
    binary.subarray(0, HEADER_BYTES),
    ...prepared.flatMap(({ id, content }) => [Uint8Array.of(id, ...unsigned(content.length)), content]),
  ]);
}

/** `(global (mut i64) (i64.const 0))` */
const MUTABLE_I64 = [0x7e, 0x01, 0x42, 0x00, 0x0b];

const OP = {
  if: 0x04,
  end: 0x0b,
  call: 0x10,
  drop: 0x1a,
  select: 0x1b,
  localGet: 0x20,
  globalGet: 0x23,
  i32Const: 0x41,
  i64Const: 0x42,
  i64Ne: 0x52,
} as const;
const NO_RESULT = 0x40;

// What `build_backtrace` of QuickJS 2025-09-13 ends with, as quickjs-emscripten 0.32.0 has compiled it.
const ATOM_STACK = 57;
/** Name of a private property that the engine itself gives to classes only: no script can see or name it. */
export const ATOM_HIDDEN = 224;
const LOCAL = { context: 0, error: 1, text: 8 } as const;
const DEFINE_VALUE = 30;
const DEFINE_PROPERTY = 120;
const WRITABLE_CONFIGURABLE = 3;
/** `JS_PROP_HAS_GET | JS_PROP_HAS_SET | JS_PROP_HAS_ENUMERABLE | JS_PROP_HAS_CONFIGURABLE | JS_PROP_CONFIGURABLE` */
const HIDDEN_ACCESSOR = 0x1d01;
const UNDEFINED = 3n << 32n;

const TARGET = [OP.localGet, LOCAL.context, OP.localGet, LOCAL.error];
const DEFINE_TEXT = [
  ...[OP.localGet, LOCAL.text, OP.i32Const, WRITABLE_CONFIGURABLE, OP.call, DEFINE_VALUE, OP.drop],
];
const STACK = [OP.i32Const, ...signed(BigInt(ATOM_STACK))];

/**
 * Where the engine gives an error its stack, a text that scripts would read as it is: puts the text under a name that
 * scripts do not see, and an accessor in its place, once there is one. Making an error costs hardly more than before; what
 * is shown of the text is made when a script asks.
 */
function lazyStack(code: Section, getter: number, setter: number): Section {
  const isThere = [OP.globalGet, getter, OP.i64Const, 0, OP.i64Ne];
  return replaceInBody(
    code,
    [...TARGET, ...STACK, ...DEFINE_TEXT],
    [
      ...TARGET,
      ...[OP.i32Const, ...signed(BigInt(ATOM_HIDDEN)), ...STACK, ...isThere, OP.select],
      ...DEFINE_TEXT,
      ...[...isThere, OP.if, NO_RESULT],
      ...[...TARGET, ...STACK, OP.i64Const, ...signed(UNDEFINED), OP.globalGet, getter, OP.globalGet, setter],
      ...[OP.i32Const, ...signed(BigInt(HIDDEN_ACCESSOR)), OP.call, ...unsigned(DEFINE_PROPERTY), OP.drop],
      OP.end,
    ],
  );
}

/** Replaces instructions that are in exactly one function of the code section, exactly once. */
function replaceInBody(code: Section, old: readonly number[], replacement: readonly number[]): Section {
  const { content } = code;
  const from = Buffer.from(content.buffer, content.byteOffset, content.length);
  const sought = Buffer.from(old);
  const at = from.indexOf(sought);
  if (at < 0 || from.includes(sought, at + 1)) throw new Error(UNKNOWN);
  const [, bodies] = readUnsigned(content, 0);
  for (let position = bodies; position < content.length;) {
    const [size, start] = readUnsigned(content, position);
    const end = start + size;
    if (at < end) {
      if (at < start) throw new Error(UNKNOWN);
      const changed = concat([
        content.subarray(start, at),
        Uint8Array.from(replacement),
        content.subarray(at + old.length, end),
      ]);
      return {
        id: code.id,
        content: concat([
          content.subarray(0, position),
          Uint8Array.from(unsigned(changed.length)),
          changed,
          content.subarray(end),
        ]),
      };
    }
    position = end;
  }
  throw new Error(UNKNOWN);
}

const UNKNOWN = "The engine's WebAssembly binary is not the one that is known.";

function readSections(binary: Uint8Array): Section[] {
  const sections: Section[] = [];
  for (let position = HEADER_BYTES; position < binary.length;) {
    const [size, start] = readUnsigned(binary, position + 1);
    sections.push({ id: binary[position] ?? 0, content: binary.subarray(start, start + size) });
    position = start + size;
  }
  return sections;
}

function find(sections: readonly Section[], id: number): Section {
  const found = sections.find((section) => section.id === id);
  if (found === undefined) throw new Error(UNKNOWN);
  return found;
}

/** Adds entries to a section that is a counted list. */
function append({ id, content }: Section, entries: readonly (readonly number[])[]): Section {
  const [count, start] = readUnsigned(content, 0);
  const added = entries.map((entry) => Uint8Array.from(entry));
  return {
    id,
    content: concat([Uint8Array.from(unsigned(count + entries.length)), content.subarray(start), ...added]),
  };
}

function exportEntry(name: string, kind: number, index: number): number[] {
  const bytes = new TextEncoder().encode(name);
  return [...unsigned(bytes.length), ...bytes, kind, ...unsigned(index)];
}

/** Unsigned LEB128: value and the position behind it. */
function readUnsigned(bytes: Uint8Array, position: number): [value: number, next: number] {
  let value = 0;
  let shift = 0;
  for (;;) {
    const byte = bytes[position++];
    if (byte === undefined) throw new Error("The engine's WebAssembly binary is cut off.");
    value |= (byte & 0x7f) << shift;
    if ((byte & 0x80) === 0) return [value >>> 0, position];
    shift += 7;
  }
}

function unsigned(value: number): number[] {
  const bytes: number[] = [];
  do {
    const low = value & 0x7f;
    value >>>= 7;
    bytes.push(value === 0 ? low : low | 0x80);
  } while (value !== 0);
  return bytes;
}

/** Signed LEB128, as constants have it. */
function signed(value: bigint): number[] {
  const bytes: number[] = [];
  for (;;) {
    const low = Number(value & 0x7fn);
    value >>= 7n;
    const done = (value === 0n && (low & 0x40) === 0) || (value === -1n && (low & 0x40) !== 0);
    bytes.push(done ? low : low | 0x80);
    if (done) return bytes;
  }
}

function concat(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((total, part) => total + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}
