import { Worker } from "node:worker_threads";
import { assetPath } from "../core/assets";
import type { SqliteDatabase } from "../core/sqlite";

/** What a checkpoint thread is started with. */
export interface CheckpointData {
  readonly path: string;
  /** One of {@link CHECKPOINT}, for a thread that waits. */
  readonly state: Int32Array;
}
export const CHECKPOINT = { idle: 0, running: 1 } as const;

/** Size of the write-ahead log at which it is written into the database file. */
const EVERY_BYTES = 8 * 1024 * 1024;
/** What a small transaction adds to the log: some pages, whole. */
const TRANSACTION_BYTES = 20_000;
/** Pages at which SQLite does it in the middle of somebody's transaction after all: when the threads do not keep up. */
const LAST_RESORT_PAGES = 16_000;
const END_TIMEOUT_MS = 2000;

/**
 * Writes SQLite's write-ahead log into the database file, in threads that live as long as that takes. SQLite would do it
 * in the transaction that makes the log too long, and wait for the disk there: the main thread stood still for up to 130 ms.
 */
export class Checkpoints {
  private readonly state = new Int32Array(new SharedArrayBuffer(4));
  private written = 0;
  private thread: Worker | undefined;
  private failed = false;

  constructor(
    database: SqliteDatabase,
    private readonly path: string,
  ) {
    database.exec(`PRAGMA wal_autocheckpoint = ${LAST_RESORT_PAGES}`);
  }

  /** Told of every transaction: about how many bytes of data it wrote. */
  wrote(bytes: number): void {
    this.written += bytes + TRANSACTION_BYTES;
    if (this.written < EVERY_BYTES || this.thread !== undefined || this.failed) return;
    this.written = 0;
    this.start();
  }

  /** Waits for a checkpoint that runs; afterwards nobody but the caller has the file open. */
  end(): void {
    this.failed = true;
    if (this.thread !== undefined) Atomics.wait(this.state, 0, CHECKPOINT.running, END_TIMEOUT_MS);
  }

  private start(): void {
    Atomics.store(this.state, 0, CHECKPOINT.running);
    const workerData: CheckpointData = { path: this.path, state: this.state };
    const thread = new Worker(assetPath("main", "checkpoint.mjs"), { workerData, execArgv: [] });
    thread.unref();
    // SQLite's own limit remains.
    thread.on("error", () => {
      this.failed = true;
    });
    thread.on("exit", () => {
      Atomics.store(this.state, 0, CHECKPOINT.idle);
      this.thread = undefined;
    });
    this.thread = thread;
  }
}
