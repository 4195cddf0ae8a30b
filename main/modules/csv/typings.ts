/** `.d.ts` text of the module `csv`. */
export const typings = `declare module "csv" {
  export interface ParseOptions {
    /** True: the first record names the columns and rows are objects. A list: these are the names. Default false. */
    header?: boolean | string[];
    /** Default ",". */
    delimiter?: string;
    /** Default '"'; false for none. */
    quote?: string | false;
    escape?: string;
    /** Lines that start with it are left out. */
    comment?: string;
    /** Whether blanks around fields are removed. Default false. */
    trim?: boolean;
    /** Whether fields that are numbers become numbers. Default false. */
    numbers?: boolean;
    /** Default true. */
    skipEmptyLines?: boolean;
    /** Whether records may have more or fewer fields than the first. Default false. */
    relaxColumnCount?: boolean;
  }
  export interface StringifyOptions {
    /** False: no header. A list: the columns, in this order. Default: the keys of the first row, if it is an object. */
    header?: boolean | string[];
    delimiter?: string;
    quote?: string;
    /** Whether every field is quoted. Default false. */
    quoteAll?: boolean;
    /** Default "\\\\n". */
    newline?: string;
    /** Whether the text starts with a byte order mark, which some programs need for UTF-8. Default false. */
    bom?: boolean;
    /** Whether fields that a spreadsheet would run as formulas are escaped. Default false. */
    escapeFormulas?: boolean;
  }
  export function parse(text: string, options: ParseOptions & { header: true | string[] }): Record<string, any>[];
  export function parse(text: string, options?: ParseOptions): any[][];
  export function rows(source: string | Iterable<string>, options?: ParseOptions): Generator<any, void, void>;
  export function rows(source: AsyncIterable<string>, options?: ParseOptions): AsyncGenerator<any, void, void>;
  export function stringify(rows: Iterable<unknown[] | Record<string, any>>, options?: StringifyOptions): string;
}
`;
