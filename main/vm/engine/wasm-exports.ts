const EXPORT_SECTION = 7;
const TABLE_KIND = 1;
const HEADER_BYTES = 8;

/** Name under which {@link exportTable} exports the function table. */
export const TABLE_EXPORT = "table";

/**
 * Adds the function table to the exports of a WebAssembly binary. The engine's build keeps it to itself, and without it
 * no host function can stand where the engine wants a C function pointer (see `rejection-tracker.ts`).
 */
export function exportTable(binary: Uint8Array): Uint8Array<ArrayBuffer> {
  let position = HEADER_BYTES;
  while (position < binary.length) {
    const start = position;
    const id = binary[position];
    const [size, content] = readUnsigned(binary, position + 1);
    const end = content + size;
    if (id === EXPORT_SECTION) {
      const [count, entries] = readUnsigned(binary, content);
      const name = new TextEncoder().encode(TABLE_EXPORT);
      const added = [...writeUnsigned(name.length), ...name, TABLE_KIND, 0];
      const newCount = writeUnsigned(count + 1);
      const newSize = writeUnsigned(newCount.length + (end - entries) + added.length);
      return concat([
        binary.subarray(0, start),
        Uint8Array.from([EXPORT_SECTION, ...newSize, ...newCount]),
        binary.subarray(entries, end),
        Uint8Array.from(added),
        binary.subarray(end),
      ]);
    }
    position = end;
  }
  throw new Error("The engine's WebAssembly binary has no export section.");
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

function writeUnsigned(value: number): number[] {
  const bytes: number[] = [];
  do {
    const low = value & 0x7f;
    value >>>= 7;
    bytes.push(value === 0 ? low : low | 0x80);
  } while (value !== 0);
  return bytes;
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
