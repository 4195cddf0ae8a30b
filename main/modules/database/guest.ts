import type { GuestBridge, GuestFactory, WireValue } from "../../vm/guest/bridge";
import { toParameters } from "./guest/parameters";

type Row = Record<string, unknown>;
interface WireRows {
  readonly columns: readonly string[];
  readonly values: readonly unknown[];
  readonly rowCount: number;
  readonly done?: boolean;
}

/** Rows that are fetched at once while a script walks through a result. */
const BATCH = 64;

/** Bytes come as Uint8Array; `fromEntries` makes own properties, whatever a column is called. */
function toRows({ columns, values, rowCount }: WireRows): Row[] {
  return Array.from({ length: rowCount }, (_none, row) =>
    Object.fromEntries(columns.map((name, index) => [name, values[row * columns.length + index]])),
  );
}

function closedTransaction(): Error {
  return Object.assign(new Error("transaction is closed"), { code: "TRANSACTION_CLOSED" });
}

function createClasses(bridge: GuestBridge) {
  class Statement {
    readonly #connection: number;
    readonly #id: number;
    constructor(connection: number, sql: string) {
      this.#connection = connection;
      this.#id = bridge.call("prepare", connection, sql) as number;
    }
    query(...parameters: unknown[]): Row[] {
      return toRows(
        bridge.call(
          "queryPrepared",
          this.#connection,
          this.#id,
          toParameters(parameters),
        ) as unknown as WireRows,
      );
    }
    exec(...parameters: unknown[]): WireValue {
      return bridge.call("execPrepared", this.#connection, this.#id, toParameters(parameters));
    }
    *iterate(...parameters: unknown[]): Generator<Row> {
      bridge.call("bind", this.#connection, this.#id, toParameters(parameters));
      try {
        for (;;) {
          const batch = bridge.call("rows", this.#connection, this.#id, BATCH) as unknown as WireRows;
          yield* toRows(batch);
          if (batch.done === true) return;
        }
      } finally {
        bridge.call("reset", this.#connection, this.#id);
      }
    }
    close(): void {
      bridge.call("finalize", this.#connection, this.#id);
    }
  }

  class Connection {
    readonly #id: number;
    #closed = false;
    constructor(id: number) {
      this.#id = id;
    }
    query(sql: string, ...parameters: unknown[]): Row[] {
      return toRows(bridge.call("query", this.#id, sql, toParameters(parameters)) as unknown as WireRows);
    }
    exec(sql: string, ...parameters: unknown[]): WireValue {
      return bridge.call("exec", this.#id, sql, toParameters(parameters));
    }
    prepare(sql: string): Statement {
      return new Statement(this.#id, sql);
    }
    *iterate(sql: string, ...parameters: unknown[]): Generator<Row> {
      // A statement of its own, so that several walks over the same SQL do not disturb each other.
      const statement = this.prepare(sql);
      try {
        yield* statement.iterate(...parameters);
      } finally {
        statement.close();
      }
    }
    begin(): Transaction {
      bridge.call("exec", this.#id, "BEGIN", undefined);
      return new Transaction(this);
    }
    transaction(work: unknown): unknown {
      if (typeof work !== "function") throw new TypeError("transaction needs a function.");
      const transaction = this.begin();
      const fail = (error: unknown): never => {
        // SQLite may have rolled back by itself; the first error is the one to report.
        if (transaction.isOpen) transaction.rollback();
        throw error;
      };
      let result: unknown;
      try {
        result = (work as (transaction: Transaction) => unknown)(transaction);
      } catch (error) {
        return fail(error);
      }
      const commit = (value: unknown): unknown => {
        if (transaction.isOpen) transaction.commit();
        return value;
      };
      if (typeof (result as { then?: unknown } | null | undefined)?.then !== "function") {
        try {
          return commit(result);
        } catch (error) {
          return fail(error);
        }
      }
      return Promise.resolve(result).then(commit).catch(fail);
    }
    get inTransaction(): boolean {
      return !this.#closed && bridge.call("inTransaction", this.#id) === true;
    }
    close(): void {
      this.#closed = true;
      bridge.call("close", this.#id);
    }
  }

  class Transaction {
    readonly #connection: Connection;
    #open = true;
    constructor(connection: Connection) {
      this.#connection = connection;
    }
    get isOpen(): boolean {
      if (this.#open && !this.#connection.inTransaction) this.#open = false;
      return this.#open;
    }
    #use(): Connection {
      if (!this.isOpen) throw closedTransaction();
      return this.#connection;
    }
    query(sql: string, ...parameters: unknown[]): Row[] {
      return this.#use().query(sql, ...parameters);
    }
    exec(sql: string, ...parameters: unknown[]): WireValue {
      return this.#use().exec(sql, ...parameters);
    }
    commit(): void {
      this.#use().exec("COMMIT");
      this.#open = false;
    }
    rollback(): void {
      this.#use().exec("ROLLBACK");
      this.#open = false;
    }
  }
  return { Connection };
}

const OPTIONS = ["readOnly", "bigints"];

function checkOptions(options: unknown): WireValue {
  if (options === undefined) return {};
  if (typeof options !== "object" || options === null)
    throw new TypeError("Options of a connection must be an object.");
  const checked: Record<string, WireValue> = {};
  for (const [name, value] of Object.entries(options)) {
    if (!OPTIONS.includes(name))
      throw new TypeError(`Unknown option "${name}". Options: ${OPTIONS.join(", ")}.`);
    if (value === undefined) continue;
    if (typeof value !== "boolean") throw new TypeError(`The option "${name}" must be true or false.`);
    checked[name] = value;
  }
  return checked;
}

const factory: GuestFactory = (bridge) => {
  const { Connection } = createClasses(bridge);
  type Open = InstanceType<typeof Connection>;
  let standard: Open | undefined;

  function open(file: unknown, options?: unknown): Open {
    if (typeof file !== "string") throw new TypeError('Name a database file, or ":memory:".');
    return new Connection(bridge.call("open", file, checkOptions(options)) as number);
  }
  function configured(): Open {
    if (standard === undefined)
      throw Object.assign(new Error("database not configured: call configure(driver, file) first"), {
        code: "NOT_CONFIGURED",
      });
    return standard;
  }

  return {
    configure(driver: unknown, file: unknown, options?: unknown): void {
      if (driver !== "sqlite" && driver !== "sqlite3")
        throw new TypeError(`There is one driver: "sqlite", not ${JSON.stringify(driver)}.`);
      const connection = open(file, options);
      standard?.close();
      standard = connection;
    },
    open,
    query: (sql: string, ...parameters: unknown[]) => configured().query(sql, ...parameters),
    exec: (sql: string, ...parameters: unknown[]) => configured().exec(sql, ...parameters),
    prepare: (sql: string) => configured().prepare(sql),
    iterate: (sql: string, ...parameters: unknown[]) => configured().iterate(sql, ...parameters),
    begin: () => configured().begin(),
    transaction: (work: unknown) => configured().transaction(work),
    close(): void {
      standard?.close();
      standard = undefined;
    },
  };
};
export default factory;
