import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { openSqlite } from "../../core/sqlite";
import { configSchema } from "./config";
import { createDatabaseHost } from "./host";
import { loadSqlite } from "./sqlite/library";
import { openTestSession, type TestSession } from "../../vm/testing";
import { SLACK_MS } from "../../testing/slack";

const sessions: TestSession[] = [];

async function open(
  database: Record<string, unknown> = {},
  options: Omit<Parameters<typeof openTestSession>[0] & object, "modules"> = {},
): Promise<TestSession> {
  const session = await openTestSession({
    ...options,
    modules: { database: database as Record<string, never> },
  });
  sessions.push(session);
  return session;
}

afterEach(async () => {
  for (const session of sessions.splice(0)) await session.dispose({ leaks: "ignore" });
});

const memory = `const db = require("database"); db.configure("sqlite3", ":memory:");`;

/** Console lines of a script, or the error that ended it. */
async function lines(session: TestSession, code: string): Promise<readonly string[]> {
  const outcome = await session.run(code);
  if (outcome.error !== undefined)
    return [...session.lines, `${outcome.error.code ?? outcome.error.name}: ${outcome.error.message}`];
  return session.lines;
}

/** What a call throws, as `code message`. */
const failure = (call: string): string =>
  `try { const result = ${call}; console.log("allowed", result); } catch (error) { console.log(error.code ?? error.name, error.message); }`;

describe("a database in memory", () => {
  test("gives rows for a bound parameter", async () => {
    const session = await open();
    expect(
      await lines(
        session,
        `${memory} db.exec("CREATE TABLE t (name TEXT)"); db.exec("INSERT INTO t VALUES (?)", ["Ada"]); console.log(JSON.stringify(db.query("SELECT name FROM t WHERE name = ?", "Ada")));`,
      ),
    ).toEqual(['[{"name":"Ada"}]']);
  });

  test("stores NULL, blobs, bigints, texts with NUL and numbers exactly", async () => {
    const session = await open();
    expect(
      await lines(
        session,
        `${memory}
        const values = [null, new Uint8Array([0, 255]), 9007199254740993n, -(2n ** 63n), "a\\0é😀", 1.5, -0, true, "", new Uint8Array(0)];
        console.log(db.query("SELECT " + values.map((_, i) => "? AS v" + i).join(), values)[0]);
        console.log(db.open(":memory:", { bigints: true }).query("SELECT 7 AS n")[0].n);
        console.log(db.query("SELECT :a AS x, @b AS y, $c AS z", { a: 1, b: "two", c: null }));`,
      ),
    ).toEqual([
      `{\n  v0: null,\n  v1: Uint8Array(2) [ 0, 255 ],\n  v2: 9007199254740993n,\n  v3: -9223372036854775808n,\n  v4: 'a\\x00é😀',\n  v5: 1.5,\n  v6: -0,\n  v7: 1,\n  v8: '',\n  v9: Uint8Array(0) []\n}`.replace(
        "v6: 0",
        "v6: 0",
      ),
      "7n",
      "[ { x: 1, y: 'two', z: null } ]",
    ]);
  });

  test("commits, rolls back, and refuses a closed transaction", async () => {
    const session = await open();
    expect(
      await lines(
        session,
        `${memory} db.exec("CREATE TABLE t (n)");
        const a = db.begin(); console.log(a.exec("INSERT INTO t VALUES (1)")); a.commit();
        const b = db.begin(); b.exec("INSERT INTO t VALUES (2)"); b.rollback();
        ${failure(`b.query("SELECT 1")`)}
        console.log(db.query("SELECT n FROM t"));
        try { db.transaction((tx) => { tx.exec("INSERT INTO t VALUES (3)"); throw new Error("no"); }); } catch (error) { console.log(error.message); }
        console.log(await db.transaction(async (tx) => { await null; return tx.exec("INSERT INTO t VALUES (4)").rowsAffected; }));
        console.log(db.query("SELECT count(*) AS n FROM t"));`,
      ),
    ).toEqual([
      "{ rowsAffected: 1, lastInsertId: 1 }",
      "TRANSACTION_CLOSED transaction is closed",
      "[ { n: 1 } ]",
      "no",
      "1",
      "[ { n: 2 } ]",
    ]);
  });

  test("walks through rows of a query that never ends", async () => {
    const session = await open();
    expect(
      await lines(
        session,
        `${memory} let sum = 0;
        for (const { i } of db.iterate("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n")) { sum += i; if (i === 1000) break; }
        console.log(sum);
        const s = db.prepare("SELECT ? AS v"); console.log(s.query(1), s.query([2])); s.close(); ${failure("s.query(1)")}`,
      ),
    ).toEqual(["500500", "[ { v: 1 } ] [ { v: 2 } ]", "STATEMENT_CLOSED The statement is closed."]);
  });

  test("says what is wrong", async () => {
    const session = await open();
    expect(
      await lines(
        session,
        `const db = require("db"); ${failure(`db.query("SELECT 1")`)} db.configure("sqlite", ":memory:");
        ${failure(`db.query("SELEC 1")`)} ${failure(`db.query("SELECT ?")`)} ${failure(`db.query("SELECT ?", undefined, 1)`)}
        ${failure(`db.query("SELECT :a", { b: 1 })`)} ${failure(`db.query("SELECT 1; SELECT 2")`)} ${failure(`db.exec("CREATE TABLE u (x UNIQUE); INSERT INTO u VALUES (1), (1)")`)}
        ${failure(`db.configure("mysql", "x")`)} ${failure(`db.open("x.db", { foo: 1 })`)} db.close(); ${failure(`db.query("SELECT 1")`)}`,
      ),
    ).toEqual([
      "NOT_CONFIGURED database not configured: call configure(driver, file) first",
      'SQLITE_ERROR near "SELEC": syntax error',
      "RangeError The SQL has 1 parameters; 0 values were given.",
      "TypeError Parameter 1 is undefined: give null for NULL.",
      "RangeError There is no value for the parameter :a.",
      "SQLITE_MISUSE One statement at a time: this SQL holds several.",
      "SQLITE_CONSTRAINT_UNIQUE UNIQUE constraint failed: u.x",
      'TypeError There is one driver: "sqlite", not "mysql".',
      'TypeError Unknown option "foo". Options: readOnly, bigints.',
      "NOT_CONFIGURED database not configured: call configure(driver, file) first",
    ]);
  });

  test("is one of 64 at most, until one is closed", async () => {
    expect(
      await lines(
        await open(),
        `const db = require("db"); const all = Array.from({ length: 64 }, () => db.open(":memory:"));
        ${failure(`db.open(":memory:")`)} all[7].close(); console.log(db.open(":memory:").query("SELECT 1 AS one"));`,
      ),
    ).toEqual(["TOO_MANY_CONNECTIONS 64 database connections are open: close one first.", "[ { one: 1 } ]"]);
  });

  test("is never shared by two sessions", async () => {
    const [first, second] = [await open(), await open()];
    await first.repl(`${memory} db.exec("CREATE TABLE t (n)")`);
    expect(await lines(second, `${memory} ${failure(`db.query("SELECT * FROM t")`)}`)).toEqual([
      "SQLITE_ERROR no such table: t",
    ]);
    expect(
      await lines(first, `console.log(require("database").query("SELECT count(*) AS n FROM t"))`),
    ).toEqual(["[ { n: 0 } ]"]);
  });
});

describe("a query that does not end", () => {
  const endless = `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)`;
  test.each([
    ["counting", `db.query("${endless} SELECT count(*) FROM n")`],
    [
      "a cross join",
      `db.query("${endless}, m(i) AS (SELECT i FROM n LIMIT 3000) SELECT count(*) FROM m a, m b, m c")`,
    ],
    ["inside a transaction", `db.transaction((tx) => tx.query("${endless} SELECT max(i) FROM n"))`],
    [
      "a prepared statement that is caught and repeated",
      `(() => { for (;;) try { db.prepare("${endless} SELECT sum(i) FROM n").query(); } catch {} })()`,
    ],
  ])("stops at the limit: %s", async (_name, call) => {
    const session = await open({}, { template: { limits: { cpuMs: 300, wallMs: 400 } } });
    const start = performance.now();
    const outcome = await session.run(`${memory} ${call}`);
    expect(performance.now() - start).toBeLessThan(400 + SLACK_MS);
    expect(outcome.status).toBe("timeout");
    expect(
      await lines(session, `const db = require("database"); console.log(db.query("SELECT 42 AS n"))`),
    ).toEqual(["[ { n: 42 } ]"]);
  });

  test("stops when the execution is stopped from another thread", async () => {
    await loadSqlite();
    let over = false;
    const start = performance.now();
    const host = createDatabaseHost(configSchema.parse({}), {
      workspaceRoot: "/nowhere",
      sessionId: "test",
      memoryBytes: 128 * 1024 * 1024,
      executionSignal: () => AbortSignal.abort(),
      remainingMs: () => 60_000,
      remainingCpuMs: () => 60_000,
      mustStop: () => !over && performance.now() - start > 200,
      emit: () => undefined,
    });
    const call = (name: string, ...args: unknown[]): unknown =>
      (host.functions[name] as (...args: unknown[]) => unknown)(...args);
    const connection = call("open", ":memory:", {});
    expect(() => call("query", connection, `${endless} SELECT count(*) FROM n`, undefined)).toThrow(
      "The query was stopped.",
    );
    expect(performance.now() - start).toBeLessThan(200 + SLACK_MS);
    over = true;
    await host.dispose?.();
    expect(() => call("query", connection, "SELECT 1", undefined)).toThrow(
      "The database connection is closed.",
    );
  });

  test("memory ends at what the template allows", async () => {
    const session = await open({ memoryMb: 16 });
    expect(
      await lines(
        session,
        `${memory} db.exec("CREATE TABLE t (b)"); ${failure(`db.exec("${endless} INSERT INTO t SELECT zeroblob(100000) FROM n LIMIT 1000")`)}`,
      ),
    ).toEqual([
      "SQLITE_NOMEM The database needs more than the 16 MB that the template allows (modules › database › memoryMb).",
    ]);
    expect(
      await lines(session, `${memory} ${failure(`db.query("SELECT length(randomblob(900000000))")`)}`),
    ).toEqual(["SQLITE_TOOBIG string or blob too big"]);
  });
});

describe("what leaves the scope is refused by SQLite itself", () => {
  test.each([
    ["ATTACH", `ATTACH 'other.db' AS o`],
    ["ATTACH in memory", `ATTACH ':memory:' AS o`],
    ["ATTACH by URI", `ATTACH 'file:other.db?mode=rwc' AS o`],
    ["ATTACH with a comment", `/**/ aTtAcH/**/'x' AS o`],
    ["VACUUM INTO", `VACUUM INTO 'copy.db'`],
    ["load_extension", `SELECT load_extension('x.so')`],
    ["writable_schema", `PRAGMA writable_schema = ON`],
    ["temp_store_directory", `PRAGMA temp_store_directory = '/tmp'`],
    ["hard_heap_limit", `PRAGMA hard_heap_limit = 0`],
    ["hard_heap_limit by function", `SELECT * FROM pragma_hard_heap_limit`],
    ["locking_mode", `PRAGMA locking_mode = EXCLUSIVE`],
    ["journal_mode", `PRAGMA journal_mode = WAL`],
    ["journal_mode off", `PRAGMA journal_mode = OFF`],
    ["raw pages", `CREATE VIRTUAL TABLE p USING sqlite_dbpage`],
  ])("%s", async (_name, sql) => {
    const session = await open({ files: ["app.db"] });
    const [line] = await lines(
      session,
      `const db = require("database"); db.configure("sqlite", "app.db"); ${failure(`db.query(${JSON.stringify(sql)})`)}`,
    );
    expect(line).toMatch(/^PERMISSION_DENIED /);
    expect(existsSync(join(session.workspaceRoot, "other.db"))).toBe(false);
    expect(existsSync(join(session.workspaceRoot, "copy.db"))).toBe(false);
  });

  test("VACUUM, full-text search and harmless pragmas work", async () => {
    const session = await open({ files: ["app.db"] });
    expect(
      await lines(
        session,
        `const db = require("database"); db.configure("sqlite", "app.db");
        db.exec("CREATE TABLE t (n); INSERT INTO t VALUES (1), (2); DELETE FROM t; VACUUM");
        db.exec("CREATE VIRTUAL TABLE f USING fts5(body); INSERT INTO f VALUES ('hello world')");
        console.log(db.query("SELECT body FROM f WHERE f MATCH 'world'"), db.query("PRAGMA user_version"), db.query("PRAGMA integrity_check"), db.query("PRAGMA foreign_keys"));`,
      ),
    ).toEqual([
      "[ { body: 'hello world' } ] [ { user_version: 0 } ] [ { integrity_check: 'ok' } ] [ { foreign_keys: 1 } ]",
    ]);
  });

  test.each([":memory:", "app.db"])("read-only: %s", async (file) => {
    const session = await open({ files: ["app.db"], readOnly: true });
    const native = openSqlite(join(session.workspaceRoot, "app.db"));
    native.exec("CREATE TABLE t (n); INSERT INTO t VALUES (1)");
    native.close();
    const output = await lines(
      session,
      `const db = require("database"); db.configure("sqlite", ${JSON.stringify(file)});
      for (const sql of ["CREATE TABLE x (n)", "PRAGMA user_version = 3", "PRAGMA query_only = OFF", "INSERT INTO t VALUES (2)", "WITH a AS (SELECT 1) INSERT INTO t SELECT * FROM a", "DROP TABLE t"]) {
        for (const how of ["query", "exec"]) { try { db[how](sql); console.log("allowed", sql); } catch (error) { console.log(error.code); } }
      }`,
    );
    expect(new Set(output.filter((line) => !(file === ":memory:" && line === "SQLITE_ERROR")))).toEqual(
      new Set(["PERMISSION_DENIED"]),
    );
  });

  test("a missing file is not made when it may only be read", async () => {
    const session = await open({ files: ["no.db"], readOnly: true });
    expect(await lines(session, `const db = require("database"); ${failure(`db.open("no.db")`)}`)).toEqual([
      'FILE_NOT_FOUND There is no database file "no.db".',
    ]);
    expect(existsSync(join(session.workspaceRoot, "no.db"))).toBe(false);
  });
});

describe("files", () => {
  test("only those that the template lists", async () => {
    const session = await open({ files: ["data/app.db"] }, { files: { "data/x.txt": "" } });
    const refused = [
      "app.db",
      "../app.db",
      "/etc/passwd",
      "data/../../x.db",
      "data/app.db/",
      "file:data/app.db",
      "data/app.db-journal",
      "DATA/APP.DB",
      "",
      "data/app.db\\0x",
    ];
    const output = await lines(
      session,
      `const db = require("database"); for (const file of ${JSON.stringify(refused).replaceAll("\\\\0", "\\0")}) ${failure("db.open(file)")}`,
    );
    expect(output).toHaveLength(refused.length);
    for (const line of output) expect(line).toMatch(/^(PERMISSION_DENIED|TypeError|ENOTDIR|EISDIR) /);
    expect(
      await lines(session, `const db = require("database"); ${failure(`typeof db.open("./data/app.db")`)}`),
    ).toEqual(["allowed object"]);
  });

  test("a link that leads out is refused", async () => {
    const session = await open({ files: ["link.db", "in/app.db"] });
    const outside = `${session.workspaceRoot}-outside`;
    mkdirSync(outside);
    try {
      symlinkSync(join(outside, "x.db"), join(session.workspaceRoot, "link.db"));
      symlinkSync(outside, join(session.workspaceRoot, "in"));
      const output = await lines(
        session,
        `const db = require("database"); ${failure(`db.open("link.db")`)} ${failure(`db.open("in/app.db")`)}`,
      );
      for (const line of output) expect(line).toMatch(/^PERMISSION_DENIED /);
      expect(existsSync(join(outside, "x.db"))).toBe(false);
      expect(output.join()).not.toContain(outside);
    } finally {
      rmSync(outside, { recursive: true });
    }
  });

  test("what a script writes is read by the system's SQLite, and the other way round", async () => {
    const session = await open({ files: ["app.db"] });
    await session.run(
      `const db = require("database"); db.configure("sqlite", "app.db"); db.exec("CREATE TABLE t (n); INSERT INTO t VALUES (1)")`,
    );
    const native = openSqlite(join(session.workspaceRoot, "app.db"));
    expect(native.prepare("SELECT n FROM t").all()).toMatchObject([{ n: 1 }]);
    native.exec("INSERT INTO t VALUES (2)");
    expect(await lines(session, `console.log(require("database").query("SELECT n FROM t"))`)).toEqual([
      "[ { n: 1 }, { n: 2 } ]",
    ]);
    expect(native.prepare("PRAGMA integrity_check").get()).toMatchObject({ integrity_check: "ok" });
    native.close();
    expect(existsSync(join(session.workspaceRoot, "app.db-journal"))).toBe(false);
  });

  test("the locks are SQLite's own: a writer elsewhere keeps us out, and we it", async () => {
    const session = await open(
      { files: ["app.db"] },
      { template: { limits: { cpuMs: 20_000, wallMs: 20_000 } } },
    );
    await session.run(
      `const db = require("database"); db.configure("sqlite", "app.db"); db.exec("CREATE TABLE t (n)")`,
    );
    const native = openSqlite(join(session.workspaceRoot, "app.db"));
    native.exec("BEGIN IMMEDIATE; INSERT INTO t VALUES (1)");
    expect(
      await lines(
        session,
        `const db = require("database"); ${failure(`db.exec("INSERT INTO t VALUES (2)")`)} console.log(db.query("SELECT count(*) AS n FROM t"))`,
      ),
    ).toEqual(["SQLITE_BUSY database is locked", "[ { n: 0 } ]"]);
    native.exec("COMMIT");
    await session.repl(`const tx = require("database").begin(); tx.exec("INSERT INTO t VALUES (3)")`);
    expect(() => native.exec("INSERT INTO t VALUES (4)")).toThrow(/locked/);
    await session.repl(`tx.commit()`);
    native.exec("INSERT INTO t VALUES (5)");
    expect(
      native
        .prepare("SELECT n FROM t ORDER BY n")
        .all()
        .map((row) => row.n),
    ).toEqual([1, 3, 5]);
    native.close();
  });

  test("two sessions on one file wait for each other and lose nothing", async () => {
    const first = await open({ files: ["app.db"] });
    await first.run(
      `const db = require("database"); db.configure("sqlite", "app.db"); db.exec("CREATE TABLE t (n)")`,
    );
    const second = openSqlite(join(first.workspaceRoot, "app.db"), { busyTimeoutMs: 2000 });
    for (let round = 0; round < 5; round += 1) {
      await first.run(
        `const db = require("database"); for (let i = 0; i < 20; i++) db.exec("INSERT INTO t VALUES (1)")`,
      );
      for (let i = 0; i < 20; i += 1) second.exec("INSERT INTO t VALUES (2)");
    }
    expect(second.prepare("SELECT count(*) AS n FROM t").get()).toMatchObject({ n: 200 });
    second.close();
  });

  test("a file in WAL mode can be read and written, and is in WAL mode again afterwards", async () => {
    const session = await open({ files: ["app.db"] });
    const path = join(session.workspaceRoot, "app.db");
    const native = openSqlite(path);
    native.exec("PRAGMA journal_mode = WAL; CREATE TABLE t (n); INSERT INTO t VALUES (1)");
    expect(
      await lines(
        session,
        `const db = require("database"); console.log(db.open("app.db", { readOnly: true }).query("SELECT n FROM t"))`,
      ),
    ).toEqual(["[ { n: 1 } ]"]);
    native.close();
    expect(
      await lines(
        session,
        `const c = require("database").open("app.db"); c.exec("INSERT INTO t VALUES (2)"); console.log(c.query("SELECT n FROM t")); c.close();`,
      ),
    ).toEqual(["[ { n: 1 }, { n: 2 } ]"]);
    expect(readFileSync(path).subarray(18, 20)).toEqual(Buffer.from([2, 2]));
  });

  test("an open transaction of an execution that was stopped is rolled back", async () => {
    const session = await open({ files: ["app.db"] }, { template: { limits: { cpuMs: 300, wallMs: 400 } } });
    await session.run(
      `const db = require("database"); db.configure("sqlite", "app.db"); db.exec("CREATE TABLE t (n)")`,
    );
    await session.run(
      `const tx = require("database").begin(); tx.exec("INSERT INTO t VALUES (1)"); for (;;);`,
    );
    const native = openSqlite(join(session.workspaceRoot, "app.db"));
    native.exec("INSERT INTO t VALUES (2)");
    expect(native.prepare("SELECT n FROM t").all()).toMatchObject([{ n: 2 }]);
    native.close();
  });

  test("what is no database is said so", async () => {
    const session = await open(
      { files: ["x.db"] },
      { files: { "x.db": "this is not a database, just a text that is long enough ".repeat(20) } },
    );
    expect(await lines(session, `const db = require("database"); ${failure(`db.open("x.db")`)}`)).toEqual([
      "SQLITE_NOTADB file is not a database",
    ]);
  });
});
