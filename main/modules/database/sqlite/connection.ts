import { DatabaseError, denied } from "./errors";
import { refusal } from "./authorizer";
import { sqlite } from "./library";
import { bindParameters, type Parameters, type SqlValue } from "./parameters";

/** Rows as they cross to the guest: names once, then all values, row after row. */
export interface ResultSet {
  readonly columns: string[];
  readonly values: SqlValue[];
  readonly rowCount: number;
}

export interface ConnectionSettings {
  /** Name under which the files are mounted, or `:memory:`. */
  readonly name: string;
  readonly vfs: string | undefined;
  readonly readOnly: boolean;
  readonly memoryMb: number;
  /** Asked while SQL runs; true ends it. */
  readonly mustStop: () => boolean;
}

/** Steps of SQLite's virtual machine between two looks at the limits: about a tenth of a millisecond. */
const STEPS_BETWEEN_LOOKS = 5000;
/** One text or blob: a built-in function that makes one cannot be interrupted. */
const MAX_VALUE_BYTES = 64 * 1024 * 1024;
/** One result handed over at once; larger ones are walked through. */
const MAX_RESULT_BYTES = 32 * 1024 * 1024;

/** A compiled statement. */
export interface Statement {
  readonly pointer: number;
  readonly columns: string[];
}

/** One connection to SQLite: compiles, binds, runs. Every error is a `DatabaseError`. */
export class Connection {
  private readonly pointer: number;
  private refused: string | undefined;
  private readonly statements = new Set<Statement>();

  constructor(private readonly settings: ConnectionSettings) {
    const { capi, wasm } = sqlite();
    const flags =
      settings.readOnly && settings.vfs !== undefined
        ? capi.SQLITE_OPEN_READONLY
        : capi.SQLITE_OPEN_READWRITE | capi.SQLITE_OPEN_CREATE;
    const [code, pointer] = wasm.scopedAllocCall(() => {
      const result = wasm.scopedAllocPtr(1) as unknown as number;
      const opened = capi.sqlite3_open_v2(settings.name, result, flags, settings.vfs ?? 0);
      return [opened, wasm.peekPtr(result)] as const;
    });
    this.pointer = pointer;
    try {
      this.check(code);
      this.configure();
    } catch (error) {
      capi.sqlite3_close_v2(pointer);
      throw error;
    }
  }

  private configure(): void {
    const { capi } = sqlite();
    capi.sqlite3_extended_result_codes(this.pointer, 1);
    capi.sqlite3_limit(this.pointer, capi.SQLITE_LIMIT_LENGTH, MAX_VALUE_BYTES);
    capi.sqlite3_db_config(this.pointer, capi.SQLITE_DBCONFIG_DEFENSIVE, 1, 0);
    capi.sqlite3_db_config(this.pointer, capi.SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, 0);
    // SQLite has no such function here; with one of this name the authorizer is asked and says why.
    capi.sqlite3_create_function(this.pointer, "load_extension", -1, capi.SQLITE_UTF8, 0, () => null, 0, 0);
    const settings = [
      `PRAGMA hard_heap_limit = ${this.settings.memoryMb * 1024 * 1024}`,
      "PRAGMA temp_store = MEMORY",
      "PRAGMA foreign_keys = ON",
    ];
    if (this.settings.readOnly) settings.push("PRAGMA query_only = ON");
    for (const sql of settings) this.run(sql);
    capi.sqlite3_set_authorizer(
      this.pointer,
      (_context, action, first, second) => {
        const reason = refusal(capi, action, first, second);
        if (reason === undefined) return 0;
        this.refused ??= reason;
        return capi.SQLITE_DENY;
      },
      0,
    );
    capi.sqlite3_progress_handler(
      this.pointer,
      STEPS_BETWEEN_LOOKS,
      () => (this.settings.mustStop() ? 1 : 0),
      0,
    );
  }

  /** Runs statements that give no rows, or whose rows nobody wants. Parameters go with a single statement. */
  run(sql: string, parameters?: Parameters): { rowsAffected: number; lastInsertId: number | bigint } {
    const { capi } = sqlite();
    let rowsAffected = 0n;
    this.eachStatement(sql, parameters, (statement) => {
      const before = capi.sqlite3_total_changes64(this.pointer);
      while (this.step(statement));
      if (capi.sqlite3_total_changes64(this.pointer) > before)
        rowsAffected += capi.sqlite3_changes64(this.pointer);
    });
    return {
      rowsAffected: Number(rowsAffected),
      lastInsertId: small(capi.sqlite3_last_insert_rowid(this.pointer)),
    };
  }

  /** All rows of a single statement. */
  query(sql: string, parameters: Parameters | undefined, bigints: boolean): ResultSet {
    let result: ResultSet | undefined;
    this.eachStatement(
      sql,
      parameters,
      (statement) => {
        result = this.rows(statement, Number.POSITIVE_INFINITY, bigints).result;
      },
      true,
    );
    return result ?? { columns: [], values: [], rowCount: 0 };
  }

  /** The next rows of a statement that is under way, at most `limit`. */
  rows(statement: Statement, limit: number, bigints: boolean): { result: ResultSet; done: boolean } {
    const values: SqlValue[] = [];
    let rowCount = 0;
    let bytes = 0;
    while (rowCount < limit) {
      if (!this.step(statement))
        return { result: { columns: statement.columns, values, rowCount }, done: true };
      statement.columns.forEach((_name, index) => {
        const value = this.column(statement.pointer, index, bigints);
        bytes += typeof value === "string" || value instanceof Uint8Array ? value.length + 16 : 16;
        values.push(value);
      });
      rowCount += 1;
      if (bytes > MAX_RESULT_BYTES && limit === Number.POSITIVE_INFINITY) {
        throw new DatabaseError(
          "The result is larger than 32 MB: ask for less, or walk through it with iterate.",
          "SQLITE_TOOBIG",
        );
      }
    }
    return { result: { columns: statement.columns, values, rowCount }, done: false };
  }

  prepare(sql: string): Statement {
    const { capi, wasm } = sqlite();
    checkSql(sql);
    const statement = wasm.scopedAllocCall(() => {
      const text = wasm.scopedAllocCString(sql, false);
      const { statement: first, rest } = this.compile(text);
      if (first === undefined) throw new DatabaseError("The SQL holds no statement.", "SQLITE_MISUSE");
      const second = this.compile(rest).statement;
      if (second !== undefined) {
        capi.sqlite3_finalize(first.pointer);
        capi.sqlite3_finalize(second.pointer);
        throw new DatabaseError("One statement at a time: this SQL holds several.", "SQLITE_MISUSE");
      }
      return first;
    });
    this.statements.add(statement);
    return statement;
  }

  bind(statement: Statement, parameters: Parameters | undefined): void {
    const { capi } = sqlite();
    capi.sqlite3_reset(statement.pointer);
    capi.sqlite3_clear_bindings(statement.pointer);
    bindParameters(statement.pointer, parameters, (code) => this.check(code));
  }

  reset(statement: Statement): void {
    sqlite().capi.sqlite3_reset(statement.pointer);
  }

  finalize(statement: Statement): void {
    if (this.statements.delete(statement)) sqlite().capi.sqlite3_finalize(statement.pointer);
  }

  runPrepared(
    statement: Statement,
    parameters: Parameters | undefined,
  ): { rowsAffected: number; lastInsertId: number | bigint } {
    const { capi } = sqlite();
    this.bind(statement, parameters);
    const before = capi.sqlite3_total_changes64(this.pointer);
    try {
      while (this.step(statement));
    } finally {
      this.reset(statement);
    }
    const changed = capi.sqlite3_total_changes64(this.pointer) > before;
    return {
      rowsAffected: changed ? Number(capi.sqlite3_changes64(this.pointer)) : 0,
      lastInsertId: small(capi.sqlite3_last_insert_rowid(this.pointer)),
    };
  }

  get inTransaction(): boolean {
    return sqlite().capi.sqlite3_get_autocommit(this.pointer) === 0;
  }

  close(): void {
    const { capi } = sqlite();
    for (const statement of this.statements) capi.sqlite3_finalize(statement.pointer);
    this.statements.clear();
    capi.sqlite3_progress_handler(this.pointer, 0, 0, 0);
    capi.sqlite3_close_v2(this.pointer);
  }

  private eachStatement(
    sql: string,
    parameters: Parameters | undefined,
    use: (statement: Statement) => void,
    single = false,
  ): void {
    const { capi, wasm } = sqlite();
    checkSql(sql);
    wasm.scopedAllocCall(() => {
      let text = wasm.scopedAllocCString(sql, false);
      let count = 0;
      for (;;) {
        const { statement, rest } = this.compile(text);
        if (statement === undefined) return;
        try {
          count += 1;
          if (count > 1 && (single || parameters !== undefined)) {
            throw new DatabaseError("One statement at a time: this SQL holds several.", "SQLITE_MISUSE");
          }
          // Before it runs: what follows decides whether the parameters belong to one statement.
          bindParameters(statement.pointer, parameters, (code) => this.check(code));
          use(statement);
        } finally {
          capi.sqlite3_finalize(statement.pointer);
        }
        text = rest;
      }
    });
  }

  /** Compiles the first statement of the text at a pointer; blanks and comments give none. */
  private compile(text: number): { statement: Statement | undefined; rest: number } {
    const { capi, wasm } = sqlite();
    this.refused = undefined;
    return wasm.scopedAllocCall(() => {
      const [result, tail] = wasm.scopedAllocPtr(2, true);
      if (result === undefined || tail === undefined)
        throw new DatabaseError("Out of memory.", "SQLITE_NOMEM");
      let at = text;
      for (;;) {
        if (wasm.peek(at, "i8") === 0) return { statement: undefined, rest: at };
        this.check(capi.sqlite3_prepare_v3(this.pointer, at, -1, 0, result, tail));
        const pointer = wasm.peekPtr(result) as number;
        const rest = wasm.peekPtr(tail) as number;
        if (pointer === 0) {
          at = rest;
          continue;
        }
        const columns = Array.from({ length: capi.sqlite3_column_count(pointer) }, (_none, index) =>
          capi.sqlite3_column_name(pointer, index),
        );
        return { statement: { pointer, columns }, rest };
      }
    });
  }

  private step(statement: Statement): boolean {
    const { capi } = sqlite();
    const code = capi.sqlite3_step(statement.pointer);
    if (code === capi.SQLITE_ROW) return true;
    if (code === capi.SQLITE_DONE) return false;
    throw this.error(code);
  }

  private column(pointer: number, index: number, bigints: boolean): SqlValue {
    const { capi, wasm } = sqlite();
    switch (capi.sqlite3_column_type(pointer, index)) {
      case capi.SQLITE_INTEGER: {
        const value = capi.sqlite3_column_int64(pointer, index);
        return bigints ? value : small(value);
      }
      case capi.SQLITE_FLOAT:
        return capi.sqlite3_column_double(pointer, index);
      case capi.SQLITE_NULL:
        return null;
      default: {
        const isText = capi.sqlite3_column_type(pointer, index) === capi.SQLITE_TEXT;
        const at = capi.sqlite3_column_blob(pointer, index);
        const bytes = wasm.heap8u().slice(at, at + capi.sqlite3_column_bytes(pointer, index));
        return isText ? new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes) : bytes;
      }
    }
  }

  private check(code: number): void {
    if (code !== 0) throw this.error(code);
  }

  private error(code: number): DatabaseError {
    const { capi } = sqlite();
    if (this.refused !== undefined) {
      const reason = this.refused;
      this.refused = undefined;
      return denied(`${reason}.`);
    }
    const message = this.pointer === 0 ? capi.sqlite3_errstr(code) : capi.sqlite3_errmsg(this.pointer);
    const name = capi.sqlite3_js_rc_str(code) ?? "SQLITE_ERROR";
    if (name.startsWith("SQLITE_READONLY") && this.settings.readOnly) {
      return denied(`The database may only be read: ${message}.`);
    }
    if (name === "SQLITE_INTERRUPT") return new DatabaseError("The query was stopped.", name);
    if (name === "SQLITE_NOMEM") {
      return new DatabaseError(
        `The database needs more than the ${this.settings.memoryMb} MB that the template allows (modules › database › memoryMb).`,
        name,
      );
    }
    return new DatabaseError(message, name);
  }
}

/** A number where it is exact, else a bigint. */
function small(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

function checkSql(sql: string): void {
  if (typeof sql !== "string") throw new TypeError("SQL must be a text.");
  if (sql.includes("\0")) throw new TypeError("SQL cannot hold a NUL character.");
}
