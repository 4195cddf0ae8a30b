import { sqlite } from "./library";

/** What SQLite can store. */
export type SqlValue = null | number | bigint | string | Uint8Array;
/** By position, or by name without its prefix. */
export type Parameters = readonly SqlValue[] | ReadonlyMap<string, SqlValue>;

const MAX_INTEGER = 2n ** 63n - 1n;

function bindValue(statement: number, index: number, value: SqlValue, check: (code: number) => void): void {
  const { capi, wasm } = sqlite();
  if (value === null) {
    // Gives nothing back in JavaScript; it can only fail for an index out of range.
    capi.sqlite3_bind_null(statement, index);
    return;
  }
  if (typeof value === "bigint") {
    if (value > MAX_INTEGER || value < -MAX_INTEGER - 1n)
      throw new RangeError(`Parameter ${index} does not fit into 64 bits.`);
    return check(capi.sqlite3_bind_int64(statement, index, value));
  }
  if (typeof value === "number") {
    return check(
      Number.isSafeInteger(value) && !Object.is(value, -0)
        ? capi.sqlite3_bind_int64(statement, index, BigInt(value))
        : capi.sqlite3_bind_double(statement, index, value),
    );
  }
  const bytes = typeof value === "string" ? new TextEncoder().encode(value) : value;
  // SQLite frees the memory when it no longer needs it. An empty value needs an address too.
  const pointer = wasm.alloc(Math.max(1, bytes.length));
  wasm.heap8u().set(bytes, pointer);
  check(
    typeof value === "string"
      ? capi.sqlite3_bind_text(statement, index, pointer, bytes.length, capi.SQLITE_WASM_DEALLOC)
      : capi.sqlite3_bind_blob(statement, index, pointer, bytes.length, capi.SQLITE_WASM_DEALLOC),
  );
}

/** Binds all parameters of a statement. Throws `RangeError` when some are missing or too many. */
export function bindParameters(
  statement: number,
  parameters: Parameters | undefined,
  check: (code: number) => void,
): void {
  const { capi } = sqlite();
  const count = capi.sqlite3_bind_parameter_count(statement);
  if (parameters === undefined || Array.isArray(parameters)) {
    const values = (parameters ?? []) as readonly SqlValue[];
    if (values.length !== count)
      throw new RangeError(`The SQL has ${count} parameters; ${values.length} values were given.`);
    values.forEach((value, index) => bindValue(statement, index + 1, value, check));
    return;
  }
  const named = parameters as ReadonlyMap<string, SqlValue>;
  const used = new Set<string>();
  for (let index = 1; index <= count; index += 1) {
    const full = capi.sqlite3_bind_parameter_name(statement, index);
    if (full === null) throw new RangeError(`Parameter ${index} has no name: give a list of values.`);
    const name = named.has(full) ? full : full.slice(1);
    const value = named.get(name);
    if (value === undefined) throw new RangeError(`There is no value for the parameter ${full}.`);
    used.add(name);
    bindValue(statement, index, value, check);
  }
  for (const name of named.keys())
    if (!used.has(name)) throw new RangeError(`The SQL has no parameter "${name}".`);
}
