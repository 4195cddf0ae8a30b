const HEAD = 0;
const TAIL = 1;
const HEADER_BYTES = 8;
/** A power of two. Large enough that a flood is read in pieces of about a thousand lines. */
const CAPACITY = 1 << 18;
const NEWLINE = 0x0a;

/** Free bytes in front of the writer that make it tell the reader at once instead of waiting for the next look. */
const URGENT_BYTES = CAPACITY / 2;

/** Makes the memory of a ring, to be given to both threads. */
export function createRingBuffer(): SharedArrayBuffer {
  return new SharedArrayBuffer(HEADER_BYTES + CAPACITY);
}

class Ring {
  protected readonly positions: Int32Array;
  protected readonly bytes: Buffer;

  constructor(memory: SharedArrayBuffer) {
    this.positions = new Int32Array(memory, 0, 2);
    this.bytes = Buffer.from(memory, HEADER_BYTES, CAPACITY);
  }

  /** Both positions only grow; as 32-bit numbers they wrap, their difference does not. */
  protected pending(): number {
    return (Atomics.load(this.positions, HEAD) - Atomics.load(this.positions, TAIL)) | 0;
  }
}

/**
 * The session host's end of an event stream in shared memory. Events written here are not lost when the thread is
 * ended in the middle of something, which messages are; and a writer that is faster than the reader waits, so a flood
 * needs no more memory than this ring.
 */
export class EventRingWriter extends Ring {
  private urgent = false;

  /**
   * `onUrgent` tells the reader that much has gathered; `blocking` surrounds every wait for the reader, which is not
   * computing time.
   */
  constructor(
    memory: SharedArrayBuffer,
    private readonly onUrgent: () => void,
    private readonly blocking: (wait: () => void) => void,
  ) {
    super(memory);
  }

  /** Writes one line of JSON text; waits while the ring is full. */
  write(json: string): void {
    const free = CAPACITY - this.pending();
    const head = Atomics.load(this.positions, HEAD);
    const start = head & (CAPACITY - 1);
    // Three bytes per UTF-16 unit is the most that UTF-8 needs.
    const most = json.length * 3 + 1;
    if (most <= free && start + most <= CAPACITY) {
      const length = this.bytes.write(json, start, "utf8");
      this.bytes[start + length] = NEWLINE;
      Atomics.store(this.positions, HEAD, (head + length + 1) | 0);
    } else {
      this.stream(Buffer.from(`${json}\n`, "utf8"));
    }
    this.tellIfUrgent();
  }

  private stream(data: Buffer): void {
    let offset = 0;
    while (offset < data.length) {
      const free = CAPACITY - this.pending();
      if (free === 0) {
        this.waitForReader();
        continue;
      }
      const head = Atomics.load(this.positions, HEAD);
      const start = head & (CAPACITY - 1);
      const length = Math.min(free, data.length - offset, CAPACITY - start);
      data.copy(this.bytes, start, offset, offset + length);
      offset += length;
      Atomics.store(this.positions, HEAD, (head + length) | 0);
    }
  }

  private waitForReader(): void {
    this.urgent = false;
    this.tellIfUrgent();
    const tail = Atomics.load(this.positions, TAIL);
    if (this.pending() < CAPACITY) return;
    this.blocking(() => Atomics.wait(this.positions, TAIL, tail));
  }

  private tellIfUrgent(): void {
    if (this.pending() < URGENT_BYTES) {
      this.urgent = false;
      return;
    }
    if (this.urgent) return;
    this.urgent = true;
    this.onUrgent();
  }
}

/** The supervisor's end. */
export class EventRingReader extends Ring {
  private rest: Buffer = Buffer.alloc(0);

  /** Whole lines written since the last call, without the last line's end; `undefined` when there is none. */
  read(): string | undefined {
    const length = this.pending();
    if (length === 0) return undefined;
    const tail = Atomics.load(this.positions, TAIL);
    const start = tail & (CAPACITY - 1);
    const first = Math.min(length, CAPACITY - start);
    const parts = [
      this.rest,
      this.bytes.subarray(start, start + first),
      this.bytes.subarray(0, length - first),
    ];
    const data = Buffer.concat(parts);
    Atomics.store(this.positions, TAIL, (tail + length) | 0);
    Atomics.notify(this.positions, TAIL);
    const end = data.lastIndexOf(NEWLINE);
    this.rest = data.subarray(end + 1);
    return end === -1 ? undefined : data.toString("utf8", 0, end);
  }

  /** Forgets a line that was begun and never ended, after its writer has been killed. */
  reset(): void {
    this.rest = Buffer.alloc(0);
  }
}
