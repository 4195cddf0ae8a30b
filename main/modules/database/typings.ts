/** `.d.ts` text of the module `database`. */
export const typings = `declare module "database" {
  type Value = null | number | bigint | string | boolean | ArrayBufferView | ArrayBuffer;
  type Row = Record<string, any>;
  interface Result {
    rowsAffected: number;
    lastInsertId: number | bigint;
  }
  export interface OpenOptions {
    /** Nothing can be changed through this connection. Default: what the template says. */
    readOnly?: boolean;
    /** Every integer comes as bigint; otherwise only those beyond 2^53 do. Default false. */
    bigints?: boolean;
  }
  interface Queries {
    /** All rows of one statement. Parameters: a list, an object of names, or values one after the other. */
    query(sql: string, ...parameters: (Value | Value[] | Record<string, Value>)[]): Row[];
    /** Runs statements. Parameters go with a single one. */
    exec(sql: string, ...parameters: (Value | Value[] | Record<string, Value>)[]): Result;
  }
  export interface Transaction extends Queries {
    commit(): void;
    rollback(): void;
    readonly isOpen: boolean;
  }
  export interface Statement {
    query(...parameters: (Value | Value[] | Record<string, Value>)[]): Row[];
    exec(...parameters: (Value | Value[] | Record<string, Value>)[]): Result;
    iterate(...parameters: (Value | Value[] | Record<string, Value>)[]): Generator<Row, void, void>;
    close(): void;
  }
  export interface Connection extends Queries {
    prepare(sql: string): Statement;
    iterate(sql: string, ...parameters: (Value | Value[] | Record<string, Value>)[]): Generator<Row, void, void>;
    begin(): Transaction;
    transaction<T>(work: (transaction: Transaction) => T): T;
    readonly inTransaction: boolean;
    close(): void;
  }
  export function configure(driver: "sqlite" | "sqlite3", file: string, options?: OpenOptions): void;
  export function open(file: string, options?: OpenOptions): Connection;
  export function query(sql: string, ...parameters: (Value | Value[] | Record<string, Value>)[]): Row[];
  export function exec(sql: string, ...parameters: (Value | Value[] | Record<string, Value>)[]): Result;
  export function prepare(sql: string): Statement;
  export function iterate(sql: string, ...parameters: (Value | Value[] | Record<string, Value>)[]): Generator<Row, void, void>;
  export function begin(): Transaction;
  export function transaction<T>(work: (transaction: Transaction) => T): T;
  export function close(): void;
}
`;
