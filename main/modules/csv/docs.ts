import type { MemberDoc } from "../../../shared/model/module";

const parseErrors = [
  {
    code: "CSVParseError",
    when: "the text is not CSV; the error has a code such as CSV_QUOTE_NOT_CLOSED and a line",
  },
  { code: "TypeError", when: "an argument is of another type, or an option is unknown or has a wrong value" },
];
const options = {
  name: "options",
  doc: "`header`, `delimiter`, `quote`, `comment`, `trim`, `numbers` …; an unknown option is refused.",
};

/** Docs of the members of `csv`. */
export const members: readonly MemberDoc[] = [
  {
    name: "parse",
    signature: "parse(text: string, options?: ParseOptions): any[]",
    summary: "Reads a whole CSV text.",
    params: [{ name: "text", doc: "The CSV text." }, options],
    returns: "The rows: lists of fields, or objects when there is a header.",
    errors: parseErrors,
    example: `const csv = require("csv");
console.log(csv.parse("a,b\\n1,2"));
console.log(csv.parse("name;age\\nAda;36", { header: true, delimiter: ";", numbers: true }));`,
  },
  {
    name: "rows",
    signature:
      "rows(source: string | Iterable<string> | AsyncIterable<string>, options?: ParseOptions): Generator | AsyncGenerator",
    summary:
      "Reads CSV row by row, so that a long text is never held as rows all at once. The source may come in pieces.",
    params: [{ name: "source", doc: "The CSV text, or its pieces." }, options],
    returns: "A generator of rows; an async one when the pieces come that way.",
    errors: parseErrors,
    example: `const csv = require("csv");
let sum = 0;
for (const row of csv.rows("item,price\\npen,2\\nbook,12\\n", { header: true, numbers: true })) sum += row.price;
console.log(sum);

for (const row of csv.rows(["a,", "b\\nc", ",d"])) console.log(row);`,
  },
  {
    name: "stringify",
    signature: "stringify(rows: Iterable<unknown[] | object>, options?: StringifyOptions): string",
    summary:
      "Writes rows as CSV. Objects give a header from the keys of the first one. Dates are written as ISO, objects as JSON, null and undefined as nothing.",
    params: [
      { name: "rows", doc: "Lists or objects." },
      {
        name: "options",
        doc: "`header`, `delimiter`, `quoteAll`, `newline`, `bom`, `escapeFormulas`; an unknown option is refused.",
      },
    ],
    returns: "CSV text that ends with a line break.",
    errors: [
      {
        code: "TypeError",
        when: "a row or field cannot be written, or an option is unknown or has a wrong value",
      },
    ],
    example: `const csv = require("csv");
console.log(csv.stringify([{ name: "Ada", note: 'says "hi"' }, { name: "Grace", note: null }]));
console.log(csv.stringify([[1, 2], [3, 4]], { delimiter: ";" }));`,
  },
];
