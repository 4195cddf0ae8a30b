import { Buffer } from "node:buffer";

/** The engine could not get memory for something that the host wanted to put into it. */
export class EngineOutOfMemory extends Error {
  override readonly name = "EngineOutOfMemory";
}

/** Below this length a loop beats a call into Node's encoder. */
const SHORT = 48;

/**
 * Text and bytes in the engine's linear memory. emscripten's own helpers walk strings character by character in
 * JavaScript; Node's encoder moves a megabyte about twenty times as fast.
 */
export class EngineMemory {
  private view: Buffer;
  private words: Int32Array;

  constructor(
    private readonly memory: WebAssembly.Memory,
    private readonly malloc: (bytes: number) => number,
    readonly free: (pointer: number) => void,
  ) {
    this.view = Buffer.from(memory.buffer);
    this.words = new Int32Array(memory.buffer);
  }

  get byteLength(): number {
    return this.memory.buffer.byteLength;
  }

  /** Throws {@link EngineOutOfMemory}. */
  allocate(bytes: number): number {
    const pointer = this.malloc(bytes);
    if (pointer === 0) throw new EngineOutOfMemory("The engine's memory is full.");
    return pointer >>> 0;
  }

  /** Copies text as NUL-terminated UTF-8; the caller frees it. */
  writeText(text: string): { readonly pointer: number; readonly length: number } {
    if (text.length <= SHORT) {
      const pointer = this.allocate(text.length * 3 + 1);
      const bytes = this.bytes;
      let index = 0;
      for (; index < text.length; index++) {
        const code = text.charCodeAt(index);
        if (code > 0x7f) break;
        bytes[pointer + index] = code;
      }
      const length = index === text.length ? index : bytes.write(text, pointer, "utf8");
      bytes[pointer + length] = 0;
      return { pointer, length };
    }
    const length = Buffer.byteLength(text, "utf8");
    const pointer = this.allocate(length + 1);
    this.bytes.write(text, pointer, length, "utf8");
    this.bytes[pointer + length] = 0;
    return { pointer, length };
  }

  /** Reads NUL-terminated UTF-8. */
  readText(pointer: number): string {
    const bytes = this.bytes;
    let end = pointer;
    const limit = pointer + SHORT;
    let text = "";
    for (; end < limit; end++) {
      const byte = bytes[end];
      if (byte === 0) return text;
      if (byte === undefined || byte > 0x7f) break;
      text += String.fromCharCode(byte);
    }
    return bytes.toString("utf8", pointer, bytes.indexOf(0, end));
  }

  writeBytes(bytes: Uint8Array): number {
    // malloc(0) may give a null pointer, which would look like a full memory.
    const pointer = this.allocate(Math.max(1, bytes.length));
    this.bytes.set(bytes, pointer);
    return pointer;
  }

  /** A copy of engine memory. */
  readBytes(pointer: number, length: number): Uint8Array {
    return new Uint8Array(this.memory.buffer, pointer, length).slice();
  }

  /** The 32-bit word at an address that is a multiple of four. */
  word(address: number): number {
    if (this.words.byteLength === 0) this.words = new Int32Array(this.memory.buffer);
    return this.words[address >>> 2] ?? 0;
  }

  setWord(address: number, value: number): void {
    if (this.words.byteLength === 0) this.words = new Int32Array(this.memory.buffer);
    this.words[address >>> 2] = value;
  }

  /** Growing the memory detaches every view of it. */
  private get bytes(): Buffer {
    if (this.view.byteLength === 0) this.view = Buffer.from(this.memory.buffer);
    return this.view;
  }
}
