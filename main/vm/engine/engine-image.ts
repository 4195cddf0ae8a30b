/**
 * An image is a copy of an engine's memory, taken after the prelude was evaluated. A session's engine that begins as a copy
 * of it has nothing to evaluate. Whatever must differ between sessions (the state of `Math.random`, limits, host functions,
 * the template) is not in it: `Engine` sets it afterwards.
 */
export interface EngineImage {
  readonly addresses: ImageAddresses;
  /** Where the parts of `bytes` belong in the memory: pairs of address and length; everything else is zero. */
  readonly ranges: readonly (readonly [address: number, length: number])[];
  /** Shared by all threads, which only read it. */
  readonly bytes: SharedArrayBuffer;
}

/** Where things lie in the engine's memory. */
export interface ImageAddresses {
  readonly runtime: number;
  readonly context: number;
  readonly interruptCounter: number;
  readonly randomState: number;
  /** Place of the rejection hook in the engine's function table. */
  readonly rejectionSlot: number;
  /** The value that was kept: see `QuickJSEngine.takeKept`. */
  readonly kept: number;
}

interface Header extends Pick<EngineImage, "addresses" | "ranges"> {
  readonly key: string;
}

const BLOCK_BYTES = 4096;
const HEADER_END = 0x0a;

/** The part of an instance that {@link clearFreeMemory} needs. */
export interface Allocator {
  readonly memory: WebAssembly.Memory;
  malloc(bytes: number): number;
  free(pointer: number): void;
}

/**
 * Writes zeros over what the engine has freed: the prelude's source, what parsing it needed. Blocks that hold nothing else
 * then have no place in the image, and take no memory of a session.
 */
export function clearFreeMemory({ memory, malloc, free }: Allocator): void {
  const LARGEST = 1 << 20;
  const SMALLEST = 64;
  const end = new Uint8Array(memory.buffer).findLastIndex((byte) => byte !== 0);
  const taken: number[] = [];
  for (let size = LARGEST; size >= SMALLEST; size /= 2) {
    for (;;) {
      const pointer = malloc(size);
      if (pointer === 0) break;
      taken.push(pointer);
      // Behind the last byte that was ever used there is nothing to clear.
      if (pointer + size > end) break;
      new Uint8Array(memory.buffer, pointer, size).fill(0);
    }
  }
  for (const pointer of taken) free(pointer);
}

/** Copies every block of memory that is not zero, in it or in a fresh engine's, over which the image will be laid. */
export function imageOf(
  memory: WebAssembly.Memory,
  fresh: WebAssembly.Memory,
  addresses: ImageAddresses,
): EngineImage {
  const ranges: [number, number][] = [];
  const isUsed = (of: WebAssembly.Memory, block: number): boolean =>
    new Int32Array(of.buffer, block * BLOCK_BYTES, BLOCK_BYTES / 4).some((word) => word !== 0);
  for (let block = 0; block < memory.buffer.byteLength / BLOCK_BYTES; block++) {
    if (!isUsed(memory, block) && !isUsed(fresh, block)) continue;
    const last = ranges.at(-1);
    if (last !== undefined && last[0] + last[1] === block * BLOCK_BYTES) last[1] += BLOCK_BYTES;
    else ranges.push([block * BLOCK_BYTES, BLOCK_BYTES]);
  }
  const bytes = new SharedArrayBuffer(ranges.reduce((sum, [, length]) => sum + length, 0));
  let offset = 0;
  for (const [address, length] of ranges) {
    new Uint8Array(bytes, offset, length).set(new Uint8Array(memory.buffer, address, length));
    offset += length;
  }
  return { addresses, ranges, bytes };
}

/** Lays an image over the memory of a fresh engine. */
export function layOver(memory: WebAssembly.Memory, image: EngineImage): void {
  let offset = 0;
  for (const [address, length] of image.ranges) {
    new Uint8Array(memory.buffer, address, length).set(new Uint8Array(image.bytes, offset, length));
    offset += length;
  }
}

/** The image as a file; `key` names what it was made from. */
export function writeImage({ addresses, ranges, bytes }: EngineImage, key: string): Uint8Array {
  const header: Header = { key, addresses, ranges };
  return Buffer.concat([Buffer.from(`${JSON.stringify(header)}\n`), new Uint8Array(bytes)]);
}

/** Reads what {@link writeImage} wrote; `undefined` for an image of something else, or one that is cut off. */
export function readImage(file: Uint8Array, key: string): EngineImage | undefined {
  const end = file.indexOf(HEADER_END);
  if (end < 0) return undefined;
  let header: Header;
  try {
    // What carries the right key was written by writeImage in this version.
    header = JSON.parse(Buffer.from(file.subarray(0, end)).toString("utf8")) as Header;
  } catch {
    return undefined;
  }
  if (header.key !== key) return undefined;
  const { addresses, ranges } = header;
  const length = ranges.reduce((sum, range) => sum + range[1], 0);
  const content = file.subarray(end + 1);
  if (content.length !== length) return undefined;
  const bytes = new SharedArrayBuffer(length);
  new Uint8Array(bytes).set(content);
  return { addresses, ranges, bytes };
}
