import type { Sqlite3Static } from "./library";

/** Pragmas that only tell something. */
const TELLING = [
  "application_id collation_list compile_options database_list data_version foreign_key_check foreign_key_list freelist_count",
  "function_list index_info index_list index_xinfo integrity_check module_list page_count pragma_list quick_check schema_version",
  "stats table_info table_list table_xinfo encoding query_only",
].flatMap((line) => line.split(" "));
/** Pragmas that may also be set: they concern this connection or this file and nothing else. */
const SETTABLE = [
  "analysis_limit application_id auto_vacuum automatic_index cache_size case_sensitive_like defer_foreign_keys foreign_keys",
  "ignore_check_constraints incremental_vacuum journal_mode legacy_alter_table max_page_count optimize page_size",
  "recursive_triggers reverse_unordered_selects secure_delete synchronous user_version encoding",
  "foreign_key_check foreign_key_list index_info index_list index_xinfo integrity_check quick_check table_info table_list table_xinfo",
].flatMap((line) => line.split(" "));
const JOURNAL_MODES = ["delete", "truncate", "persist", "memory"];
/** Virtual tables that reach no more than ordinary ones. */
const VIRTUAL_TABLES = ["fts5", "fts5vocab", "rtree", "rtree_i32"];

/**
 * What SQLite may do for a script, asked by SQLite itself while it compiles a statement. Gives why it is refused, or
 * `undefined`.
 */
export function refusal(
  capi: Sqlite3Static["capi"],
  action: number,
  first: string | 0,
  second: string | 0,
): string | undefined {
  switch (action) {
    case capi.SQLITE_ATTACH:
      // VACUUM attaches a nameless temporary database; nothing else can be meant by the empty name.
      return first === "" ? undefined : "ATTACH is refused: a connection reaches its own file only";
    case capi.SQLITE_FUNCTION:
      return second === "load_extension" ? "load_extension is refused" : undefined;
    case capi.SQLITE_CREATE_VTABLE:
      return VIRTUAL_TABLES.includes(String(second).toLowerCase())
        ? undefined
        : `The virtual table module ${second} is refused`;
    case capi.SQLITE_PRAGMA:
      return pragmaRefusal(String(first).toLowerCase(), second);
    default:
      return undefined;
  }
}

function pragmaRefusal(name: string, value: string | 0): string | undefined {
  if (value === 0) {
    return TELLING.includes(name) || SETTABLE.includes(name) ? undefined : `PRAGMA ${name} is refused`;
  }
  if (name === "journal_mode" && !JOURNAL_MODES.includes(value.toLowerCase())) {
    return `PRAGMA journal_mode can be ${JOURNAL_MODES.join(", ")}`;
  }
  return SETTABLE.includes(name) ? undefined : `PRAGMA ${name} cannot be set`;
}
