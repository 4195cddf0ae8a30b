import type { HostContext, HostModule, WireValue } from "../record";
import type { DatabaseConfig } from "./config";
import { openDatabaseFile } from "./files";
import { Connection, type ResultSet, type Statement } from "./sqlite/connection";
import { DatabaseError } from "./sqlite/errors";
import { mount, VFS_NAME } from "./sqlite/file-system";
import type { Parameters, SqlValue } from "./sqlite/parameters";

/** Parameters as they cross: values by position, or names and values by turns. */
type WireParameters = undefined | { readonly list: SqlValue[] } | { readonly named: SqlValue[] };

interface OpenConnection {
  readonly connection: Connection;
  readonly bigints: boolean;
  readonly statements: Map<number, Statement>;
  end(): void;
}

/** Connections of one session; each holds an open file and a cache. */
const MAX_CONNECTIONS = 64;

// Names of mounted files must differ within the thread, also between sessions that share it in tests.
let mounts = 0;

function toParameters(wire: WireParameters): Parameters | undefined {
  if (wire === undefined) return undefined;
  if ("list" in wire) return wire.list;
  const named = new Map<string, SqlValue>();
  for (let at = 0; at < wire.named.length; at += 2)
    named.set(String(wire.named[at]), wire.named[at + 1] ?? null);
  return named;
}

const toWire = ({ columns, values, rowCount }: ResultSet): WireValue => ({ columns, values, rowCount });

/** The host half: connections and statements are handles that end with the session. */
export function createDatabaseHost(config: DatabaseConfig, context: HostContext): HostModule {
  const connections = new Map<number, OpenConnection>();
  const mustStop = (): boolean => context.mustStop();
  let next = 1;

  function find(id: number): OpenConnection {
    // A script may catch the end of a query and go on with the next: each further one ends before it begins.
    if (mustStop()) throw new DatabaseError("The query was stopped.", "SQLITE_INTERRUPT");
    const found = connections.get(id);
    if (found === undefined)
      throw new DatabaseError("The database connection is closed.", "CONNECTION_CLOSED");
    return found;
  }

  function statementOf(id: number, statement: number): Statement {
    const found = find(id).statements.get(statement);
    if (found === undefined) throw new DatabaseError("The statement is closed.", "STATEMENT_CLOSED");
    return found;
  }

  function connect(path: string, readOnly: boolean): { connection: Connection; end: () => void } {
    const common = { readOnly, memoryMb: config.memoryMb, mustStop };
    if (path === ":memory:") {
      const connection = new Connection({ ...common, name: ":memory:", vfs: undefined });
      return { connection, end: () => connection.close() };
    }
    const { file, cleanUp } = openDatabaseFile(path, context.workspaceRoot, config, readOnly, mustStop);
    const name = `/${++mounts}/${path.replaceAll("\\", "/")}`;
    const unmount = mount(name, file);
    const finish = (): void => {
      unmount();
      cleanUp();
    };
    try {
      const connection = new Connection({ ...common, name, vfs: VFS_NAME });
      return {
        connection,
        end() {
          connection.close();
          finish();
        },
      };
    } catch (error) {
      finish();
      throw error;
    }
  }

  function close(id: number): void {
    const found = connections.get(id);
    if (found === undefined) return;
    connections.delete(id);
    found.end();
  }

  return {
    functions: {
      open(path: string, options: { readonly readOnly?: boolean; readonly bigints?: boolean }): number {
        if (typeof path !== "string") throw new TypeError('Name a database file, or ":memory:".');
        if (connections.size >= MAX_CONNECTIONS) {
          throw new DatabaseError(
            `${MAX_CONNECTIONS} database connections are open: close one first.`,
            "TOO_MANY_CONNECTIONS",
          );
        }
        const { connection, end } = connect(path, config.readOnly || options.readOnly === true);
        connections.set(next, { connection, end, bigints: options.bigints === true, statements: new Map() });
        return next++;
      },
      close,
      query: (id: number, sql: string, parameters: WireParameters) => {
        const { connection, bigints } = find(id);
        return toWire(connection.query(sql, toParameters(parameters), bigints));
      },
      exec: (id: number, sql: string, parameters: WireParameters) =>
        find(id).connection.run(sql, toParameters(parameters)),
      inTransaction: (id: number) => find(id).connection.inTransaction,
      prepare(id: number, sql: string): number {
        const found = find(id);
        found.statements.set(next, found.connection.prepare(sql));
        return next++;
      },
      bind: (id: number, statement: number, parameters: WireParameters) =>
        find(id).connection.bind(statementOf(id, statement), toParameters(parameters)),
      rows(id: number, statement: number, limit: number): WireValue {
        const { connection, bigints } = find(id);
        const { result, done } = connection.rows(statementOf(id, statement), limit, bigints);
        return { columns: result.columns, values: result.values, rowCount: result.rowCount, done };
      },
      reset: (id: number, statement: number) => find(id).connection.reset(statementOf(id, statement)),
      execPrepared: (id: number, statement: number, parameters: WireParameters) =>
        find(id).connection.runPrepared(statementOf(id, statement), toParameters(parameters)),
      queryPrepared(id: number, statement: number, parameters: WireParameters): WireValue {
        const { connection, bigints } = find(id);
        const compiled = statementOf(id, statement);
        connection.bind(compiled, toParameters(parameters));
        try {
          return toWire(connection.rows(compiled, Number.POSITIVE_INFINITY, bigints).result);
        } finally {
          connection.reset(compiled);
        }
      },
      finalize(id: number, statement: number): void {
        const found = connections.get(id);
        const compiled = found?.statements.get(statement);
        if (found === undefined || compiled === undefined) return;
        found.statements.delete(statement);
        found.connection.finalize(compiled);
      },
    },
    executionEnded() {
      // A script that was stopped cannot end its transaction any more; its locks would stay.
      if (!mustStop()) return;
      for (const { connection } of connections.values())
        if (connection.inTransaction) connection.run("ROLLBACK");
    },
    dispose() {
      for (const id of [...connections.keys()]) close(id);
    },
  };
}
