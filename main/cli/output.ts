import { serializeError, type SerializedError } from "../../shared/model/error";
import { printable, printableLines } from "../../shared/model/printable";

/** Characters of a table's cell; `--json` gives everything. */
const WIDEST = 100;

/** Where a command writes to. Writing to a pipe that nobody reads any more is not an error. */
export class Output {
  /** Called once when the reader of stdout has gone. */
  onReaderGone: () => void = () => undefined;
  private readerIsGone = false;

  constructor(
    private readonly stdout: NodeJS.WriteStream,
    private readonly stderr: NodeJS.WriteStream,
    readonly json: boolean,
  ) {
    const gone = (error: NodeJS.ErrnoException) => {
      if (error.code !== "EPIPE") throw error;
      if (this.readerIsGone) return;
      this.readerIsGone = true;
      this.onReaderGone();
    };
    stdout.on("error", gone);
    stderr.on("error", gone);
  }

  get isTerminal(): boolean {
    return this.stdout.isTTY;
  }

  /** Text as it is: what a script writes, or a file's content. */
  write(text: string): void {
    if (!this.readerIsGone) this.stdout.write(text);
  }

  /** Lines of ours, which may quote a file: nothing in them moves the cursor or hides what was written before. */
  line(text: string): void {
    this.write(`${printableLines(text)}\n`);
  }

  /** One JSON object on a line of its own. */
  object(value: unknown): void {
    this.line(JSON.stringify(value));
  }

  writeError(text: string): void {
    if (!this.readerIsGone) this.stderr.write(text);
  }

  /** See {@link line}. */
  errorLine(text: string): void {
    this.writeError(`${printableLines(text)}\n`);
  }

  /** An error that kept the command from doing its work: one sentence with its code. */
  failure(error: SerializedError): void {
    if (this.json) this.object({ type: "error", ...error });
    else this.errorLine(`${error.code}: ${error.message}`);
  }

  /** See {@link failure}, for anything thrown. */
  thrown(error: unknown): SerializedError {
    const serialized = serializeError(error);
    this.failure(serialized);
    return serialized;
  }

  /** A table with columns as wide as their widest cell. */
  table(texts: readonly (readonly string[])[]): void {
    const rows = texts.map((row) =>
      row.map(printable).map((cell) => (cell.length > WIDEST ? `${cell.slice(0, WIDEST - 1)}…` : cell)),
    );
    const widths = rows.reduce<number[]>(
      (all, row) => row.map((cell, n) => Math.max(all[n] ?? 0, cell.length)),
      [],
    );
    for (const row of rows) {
      this.line(row.map((cell, n) => (n === row.length - 1 ? cell : cell.padEnd(widths[n] ?? 0))).join("  "));
    }
  }

  /** A list: one JSON object per line, or a table with a heading, or the sentence for an empty one. */
  list<T>(
    items: readonly T[],
    heading: readonly string[],
    row: (item: T) => readonly string[],
    empty: string,
  ): void {
    if (this.json) for (const item of items) this.object(item);
    else if (items.length === 0) this.errorLine(empty);
    else this.table([heading, ...items.map(row)]);
  }
}
