const PAGE = 65_536;

/** A stretch of memory that is put back. */
interface Part {
  readonly at: number;
  readonly bytes: Uint8Array;
}

/**
 * The whole memory of an engine as it was at one moment. Putting it back is a realm as good as new for a hundredth of
 * what a new one costs, so that tens of thousands of tests each get their own.
 */
export class MemoryImage {
  private readonly parts: readonly Part[];
  private readonly size: number;

  constructor(private readonly memory: WebAssembly.Memory) {
    const bytes = new Uint8Array(memory.buffer);
    this.size = bytes.length;
    const top = lastUsedPage(bytes) + 1;
    const unused = longestEmptyRun(bytes, top);
    this.parts = [
      { at: 0, bytes: bytes.slice(0, unused.from * PAGE) },
      { at: unused.to * PAGE, bytes: bytes.slice(unused.to * PAGE, top * PAGE) },
    ];
  }

  /** Gives `false` when the memory has grown meanwhile: it cannot shrink, so the engine has to be replaced. */
  restore(): boolean {
    if (this.memory.buffer.byteLength !== this.size) return false;
    const bytes = new Uint8Array(this.memory.buffer);
    for (const part of this.parts) bytes.set(part.bytes, part.at);
    return true;
  }
}

function isEmpty(bytes: Uint8Array, page: number): boolean {
  const words = new Float64Array(bytes.buffer, page * PAGE, PAGE / 8);
  return words.every((word) => Object.is(word, 0));
}

function lastUsedPage(bytes: Uint8Array): number {
  let page = bytes.length / PAGE - 1;
  while (page > 0 && isEmpty(bytes, page)) page--;
  return page;
}

/** The C stack, of which an engine at rest has used next to nothing: what lies there does not matter. */
function longestEmptyRun(bytes: Uint8Array, top: number): { from: number; to: number } {
  let longest = { from: 0, to: 0 };
  let from = 0;
  for (let page = 0; page <= top; page++) {
    if (page < top && isEmpty(bytes, page)) continue;
    if (page - from > longest.to - longest.from) longest = { from, to: page };
    from = page + 1;
  }
  return longest;
}
