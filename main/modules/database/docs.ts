import type { MemberDoc } from "../../../shared/model/module";

const sql = { name: "sql", doc: "The SQL." };
const parameters = {
  name: "parameters",
  doc: "A list of values, an object of names (`:id`, `@id` and `$id` are all written `id`), or values one after the other. null, numbers, bigints, texts, booleans (as 0 and 1) and bytes.",
};
const sqliteError = {
  code: "SQLITE_…",
  when: "SQLite refuses it: SQLITE_CONSTRAINT_UNIQUE, SQLITE_BUSY, SQLITE_ERROR …",
};
const forbidden = {
  code: "PERMISSION_DENIED",
  when: "the template forbids it: writing when read-only, ATTACH, load_extension, some pragmas",
};
const unconfigured = { code: "NOT_CONFIGURED", when: "configure was not called: database not configured" };
const argument = {
  code: "TypeError or RangeError",
  when: "a parameter is missing, too many, or of a type that SQLite cannot store",
};

const intro = `const db = require("database");
db.configure("sqlite", ":memory:");
db.exec("CREATE TABLE people (id INTEGER PRIMARY KEY, name TEXT UNIQUE, photo BLOB)");
`;

/** Docs of the members of `database`. */
export const members: readonly MemberDoc[] = [
  {
    name: "configure",
    signature:
      'configure(driver: "sqlite", file: string, options?: { readOnly?: boolean; bigints?: boolean }): void',
    summary:
      "Opens the connection that the functions of the module use, and closes the one before. Every session has its own.",
    params: [
      { name: "driver", doc: '"sqlite" or "sqlite3".' },
      { name: "file", doc: 'A file that the template lists, or ":memory:".' },
      { name: "options", doc: "`readOnly`, `bigints`: every integer comes as bigint." },
    ],
    returns: "Nothing.",
    errors: [
      { code: "PERMISSION_DENIED", when: "the template does not list the file" },
      { code: "FILE_NOT_FOUND", when: "a file that can only be read does not exist" },
      { code: "TOO_MANY_CONNECTIONS", when: "64 are open in this session already" },
      sqliteError,
    ],
    example: `const db = require("database");
db.configure("sqlite", ":memory:");
console.log(db.query("SELECT 1 + 1 AS two"));`,
  },
  {
    name: "open",
    signature: "open(file: string, options?: { readOnly?: boolean; bigints?: boolean }): Connection",
    summary: "Opens another connection, with the same functions as the module.",
    params: [
      { name: "file", doc: 'A file that the template lists, or ":memory:".' },
      { name: "options", doc: "`readOnly`, `bigints`: every integer comes as bigint." },
    ],
    returns: "A connection: query, exec, prepare, iterate, begin, transaction, close.",
    errors: [
      { code: "PERMISSION_DENIED", when: "the template does not list the file" },
      { code: "FILE_NOT_FOUND", when: "a file that can only be read does not exist" },
      { code: "TOO_MANY_CONNECTIONS", when: "64 are open in this session already" },
      sqliteError,
    ],
    example: `const { open } = require("database");
const db = open("data/app.db");
db.exec("CREATE TABLE IF NOT EXISTS visits (at TEXT)");
db.exec("INSERT INTO visits VALUES (?)", "2024-02-29");
console.log(db.query("SELECT count(*) > 0 AS some FROM visits"));
db.close();`,
  },
  {
    name: "query",
    signature: "query(sql: string, ...parameters): Row[]",
    summary:
      "All rows of one statement. Integers beyond 2^53 come as bigint, blobs as Uint8Array, NULL as null.",
    params: [sql, parameters],
    returns: "A list of objects, one per row.",
    errors: [
      sqliteError,
      forbidden,
      argument,
      unconfigured,
      { code: "SQLITE_TOOBIG", when: "the result is larger than 32 MB" },
    ],
    example: `${intro}db.exec("INSERT INTO people (name) VALUES ('Ada'), ('Grace')");
console.log(db.query("SELECT name FROM people WHERE id = ?", [1]));
console.log(db.query("SELECT id FROM people WHERE name = :name", { name: "Grace" }));`,
  },
  {
    name: "exec",
    signature: "exec(sql: string, ...parameters): { rowsAffected: number; lastInsertId: number | bigint }",
    summary: "Runs one or more statements. Parameters go with a single one.",
    params: [sql, parameters],
    returns: "How many rows changed, and the id of the row that was inserted last.",
    errors: [sqliteError, forbidden, argument, unconfigured],
    example: `${intro}console.log(db.exec("INSERT INTO people (name, photo) VALUES (?, ?)", ["Ada", new Uint8Array([1, 2])]));`,
  },
  {
    name: "prepare",
    signature: "prepare(sql: string): Statement",
    summary: "Compiles a statement that runs often.",
    params: [sql],
    returns: "A statement with query, exec, iterate and close.",
    errors: [sqliteError, forbidden, unconfigured],
    example: `${intro}const insert = db.prepare("INSERT INTO people (name) VALUES (?)");
for (const name of ["Ada", "Grace"]) insert.exec(name);
insert.close();
console.log(db.query("SELECT count(*) AS n FROM people"));`,
  },
  {
    name: "iterate",
    signature: "iterate(sql: string, ...parameters): Generator<Row>",
    summary: "Walks through rows without holding them all.",
    params: [sql, parameters],
    returns: "A generator; leaving the loop ends the statement.",
    errors: [sqliteError, forbidden, argument, unconfigured],
    example: `${intro}for (const row of db.iterate("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n")) {
  if (row.i > 3) break;
  console.log(row.i);
}`,
  },
  {
    name: "begin",
    signature: "begin(): Transaction",
    summary: "Begins a transaction. There is one at a time per connection.",
    params: [],
    returns:
      "The transaction: query, exec, commit, rollback. After its end it throws: transaction is closed.",
    errors: [
      sqliteError,
      unconfigured,
      { code: "TRANSACTION_CLOSED", when: "the transaction is used after commit or rollback" },
    ],
    example: `${intro}const tx = db.begin();
tx.exec("INSERT INTO people (name) VALUES ('Ada')");
tx.rollback();
console.log(db.query("SELECT count(*) AS n FROM people"));`,
  },
  {
    name: "transaction",
    signature: "transaction<T>(work: (transaction: Transaction) => T): T",
    summary:
      "Runs a function in a transaction: committed when it returns (or its promise resolves), rolled back when it throws.",
    params: [{ name: "work", doc: "The function; it may be async." }],
    returns: "What the function gives.",
    errors: [sqliteError, unconfigured],
    example: `${intro}const id = db.transaction((tx) => tx.exec("INSERT INTO people (name) VALUES ('Ada')").lastInsertId);
try {
  db.transaction((tx) => tx.exec("INSERT INTO people (name) VALUES ('Ada')"));
} catch (error) {
  console.log(error.code);
}
console.log(id, db.query("SELECT count(*) AS n FROM people"));`,
  },
  {
    name: "close",
    signature: "close(): void",
    summary:
      "Closes the connection that configure opened. Connections that are still open are closed with the session.",
    params: [],
    returns: "Nothing.",
    errors: [],
    example: `const db = require("database");
db.configure("sqlite", ":memory:");
db.close();`,
  },
];
