import type { HostilityTraits } from "../testing/hostility/traits";
import { sqlite } from "./sqlite/library";

const before = `
  database.configure("sqlite", "data/app.db");
  database.exec("CREATE TABLE numbers (n)");
  database.transaction(() => { for (let n = 0; n < 200; n++) database.exec("INSERT INTO numbers VALUES (?)", n); });
  const begin = (rows) => { rows.next(); return rows; };
`;

/** Kilobytes that SQLite holds in this thread: connections, statements, caches. */
function memoryInUse(): number {
  const { capi, wasm } = sqlite();
  return wasm.scopedAllocCall(() => {
    const [current, highest] = wasm.scopedAllocPtr(2, true);
    if (current === undefined || highest === undefined) throw new Error("Out of memory.");
    capi.sqlite3_status(capi.SQLITE_STATUS_MEMORY_USED, current, highest, 0);
    return Math.floor(wasm.peek32(current) / 1024);
  });
}

export const hostility: HostilityTraits = {
  handles: [
    { what: "statements", before, open: 'database.prepare("SELECT n FROM numbers WHERE n > ?")' },
    { what: "loops over rows", before, open: 'begin(database.iterate("SELECT n FROM numbers"))' },
    {
      what: "connections, opened and given up",
      before,
      open: '(() => { try { return database.open("data/app.db"); } catch (error) { return error.code; } })()',
    },
  ],
  held: memoryInUse,
  slow: [
    'database.open(":memory:").query("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n")',
    'for (const row of database.open(":memory:").iterate("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n")) void row',
  ],
  denied: [
    'database.open("data/app.db")',
    'database.open("/etc/passwd")',
    'database.open("../secret.db", { readOnly: true })',
    'database.configure("sqlite", "app.db")',
    'database.open(":memory:").exec("ATTACH \'app.db\' AS other")',
    'database.open(":memory:").query("SELECT load_extension(\'x\')")',
    'database.open(":memory:").exec("PRAGMA temp_store_directory = \'/tmp\'")',
    'database.open(":memory:").exec("VACUUM INTO \'copy.db\'")',
  ],
};
