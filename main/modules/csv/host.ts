import { CsvError, Parser, type Options as ParserOptions } from "csv-parse";
import { stringify } from "csv-stringify/sync";
import type { HostContext, HostModule } from "../record";

interface ParseOptions {
  readonly delimiter?: string;
  readonly quote?: string | false;
  readonly escape?: string;
  readonly comment?: string;
  readonly trim?: boolean;
  readonly skipEmptyLines?: boolean;
  readonly relaxColumnCount?: boolean;
}

interface StringifyOptions {
  readonly delimiter?: string;
  readonly quote?: string;
  readonly quoteAll?: boolean;
  readonly newline?: string;
  readonly bom?: boolean;
  readonly escapeFormulas?: boolean;
}

/** The parser's own synchronous core; its stream only wraps it. */
interface ParserCore {
  parse(
    chunk: Buffer | undefined,
    end: boolean,
    push: (record: string[]) => void,
    close: () => void,
  ): CsvError | undefined;
}

/** Raised for text that is not CSV; `line` counts from 1. */
class CSVParseError extends SyntaxError {
  override readonly name = "CSVParseError";
  readonly code: string;
  readonly line: number | undefined;

  constructor(cause: CsvError) {
    super(cause.message);
    this.code = cause.code;
    const { lines } = cause as { lines?: unknown };
    this.line = typeof lines === "number" ? lines : undefined;
  }
}

function parserOptions(options: ParseOptions): ParserOptions {
  return {
    bom: true,
    delimiter: options.delimiter ?? ",",
    ...(options.quote === undefined ? {} : { quote: options.quote }),
    ...(options.escape === undefined ? {} : { escape: options.escape }),
    ...(options.comment === undefined ? {} : { comment: options.comment }),
    trim: options.trim ?? false,
    skip_empty_lines: options.skipEmptyLines ?? true,
    relax_column_count: options.relaxColumnCount ?? false,
  };
}

/** Holds back half a surrogate pair until its other half comes. */
class PairKeeper {
  private held = "";

  whole(chunk: string): Buffer {
    const text = this.held + chunk;
    const torn = /[\uD800-\uDBFF]$/.test(text);
    this.held = torn ? text.slice(-1) : "";
    return Buffer.from(torn ? text.slice(0, -1) : text);
  }
}

/** How many parsers one session may have open: loops over rows that were never left. */
const MAX_OPEN = 10_000;

/**
 * The host half, with the packages csv-parse and csv-stringify: they need Node's Buffer. Parsers are handles of the session.
 */
export function createCsvHost(context: HostContext): HostModule {
  const parsers = new Map<number, { readonly core: ParserCore; readonly pairs: PairKeeper }>();
  let next = 1;

  function feed(id: number, chunk: string | undefined): string[][] {
    const parser = parsers.get(id);
    if (parser === undefined) throw new Error("This CSV parser is closed.");
    if (context.mustStop()) throw new Error("Reading CSV was stopped.");
    const records: string[][] = [];
    const bytes = chunk === undefined ? undefined : parser.pairs.whole(chunk);
    const error = parser.core.parse(
      bytes,
      chunk === undefined,
      (record) => records.push(record),
      () => undefined,
    );
    if (error !== undefined) throw error instanceof CsvError ? new CSVParseError(error) : error;
    return records;
  }

  return {
    functions: {
      open(options: ParseOptions): number {
        if (parsers.size >= MAX_OPEN)
          throw new Error("Too many CSV parsers are open: leave the loops over rows() first.");
        let parser: Parser;
        try {
          parser = new Parser(parserOptions(options));
        } catch (error) {
          throw new TypeError(error instanceof Error ? error.message : String(error), { cause: error });
        }
        // `api` is the parser without the stream around it; the types do not name it.
        const { api } = parser as unknown as { api: ParserCore };
        parsers.set(next, { core: api, pairs: new PairKeeper() });
        return next++;
      },
      push: (id: number, chunk: string) => feed(id, chunk),
      finish: (id: number) => feed(id, undefined),
      close(id: number): void {
        parsers.delete(id);
      },
      stringify: (records: string[][], options: StringifyOptions): string =>
        stringify(records, {
          delimiter: options.delimiter ?? ",",
          quote: options.quote ?? '"',
          quoted: options.quoteAll ?? false,
          record_delimiter: options.newline ?? "\n",
          bom: options.bom ?? false,
          escape_formulas: options.escapeFormulas ?? false,
        }),
    },
    dispose: () => parsers.clear(),
  };
}
