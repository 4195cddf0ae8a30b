import {
  appendFileSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { openSqlite } from "../core/sqlite";
import { HistoryFiles } from "./files";
import { MIGRATIONS, migrate, schemaVersion } from "./migrations";
import { openHistory, RESTART_REASON, type OpenHistoryOptions } from "./open-history";
import { sampleEvents, sampleExecution, sampleSession } from "./testing/samples";
import { historyPlace } from "./testing/test-place";

let base: string;
let options: OpenHistoryOptions;
let files: HistoryFiles;
beforeEach(() => {
  ({ base, options, files } = historyPlace());
});

const codes = (notices: readonly { code: string }[]) => notices.map((notice) => notice.code);
const namesLike = (pattern: RegExp) => readdirSync(files.folder).filter((name) => pattern.test(name));

/** A closed history with one session and one finished execution. */
function filledHistory() {
  const { store } = openHistory(options);
  const session = sampleSession();
  const execution = sampleExecution(session);
  store.saveSession(session);
  store.insertExecution(execution);
  store.appendEvents(execution.id, sampleEvents(1, 3));
  store.finishExecution({ ...execution, status: "ok", endedAt: Date.now() });
  store.saveSession({ ...session, status: "closed", closedAt: Date.now() });
  store.close();
  return { session, execution };
}

describe("a history file", () => {
  it("is there again after a restart", () => {
    const { session, execution } = filledHistory();
    const { store, notices } = openHistory(options);
    expect(notices).toEqual([]);
    expect(store.listSessions().map(({ id }) => id)).toEqual([session.id]);
    expect(store.getExecution(execution.id)?.status).toBe("ok");
    expect(store.events(execution.id, 0, 10).events.map(({ seq }) => seq)).toEqual([1, 2, 3]);
    store.close();
  });

  it("is another one for another workspace, and the same one for a path that leads to the same folder", () => {
    const other = join(base, "other");
    mkdirSync(other);
    expect(HistoryFiles.forWorkspace(options.dataDir, other).folder).not.toBe(files.folder);
    expect(HistoryFiles.forWorkspace(options.dataDir, join(other, "..", "workspace")).folder).toBe(
      files.folder,
    );
  });

  it("is backed up when it is closed, and only the newest two backups are kept", () => {
    filledHistory();
    filledHistory();
    filledHistory();
    expect(files.backups()).toHaveLength(2);
  });

  it("is backed up once a day when it is so large that quitting would have to wait for it", () => {
    const { execution } = filledHistory();
    const database = openSqlite(files.database);
    database.exec(`CREATE TABLE ballast AS SELECT zeroblob(140 * 1024 * 1024) AS b`);
    database.close();
    const before = files.backups();
    const { store } = openHistory(options);
    store.saveSession(sampleSession({ status: "closed" }));
    store.close();
    expect(files.backups()).toEqual(before);
    const yesterday = Date.now() / 1000 - 25 * 3600;
    for (const backup of before) utimesSync(backup, yesterday, yesterday);
    const { store: nextDay } = openHistory(options);
    expect(nextDay.getExecution(execution.id)).toBeDefined();
    nextDay.saveSession(sampleSession({ status: "closed" }));
    nextDay.close();
    expect(files.backups()).toHaveLength(2);
    expect(namesLike(/tmp/)).toEqual([]);
  });

  it("is not backed up again before the wanted age", () => {
    filledHistory();
    const { store } = openHistory({ ...options, backupMinAgeMs: 3_600_000 });
    store.saveSession(sampleSession({ status: "closed" }));
    store.close();
    expect(files.backups()).toHaveLength(1);
  });
});

describe("a damaged history file is set aside and the newest backup restored:", () => {
  const damage: Record<string, () => void> = {
    empty: () => truncateSync(files.database, 0),
    foreign: () => writeFileSync(files.database, "This is a shopping list, not a database.\n".repeat(200)),
    "another program's database": () => {
      rmSync(files.database);
      const database = openSqlite(files.database);
      database.exec("CREATE TABLE recipes (name TEXT); INSERT INTO recipes VALUES ('soup')");
      database.close();
    },
    truncated: () => truncateSync(files.database, Math.floor(statSync(files.database).size / 2)),
    "truncated inside the first page": () => truncateSync(files.database, 700),
    corrupt: () => {
      const bytes = readFileSync(files.database);
      bytes.fill(0xa5, 4096, Math.min(bytes.length, 5 * 4096));
      writeFileSync(files.database, bytes);
    },
  };

  for (const [name, spoil] of Object.entries(damage)) {
    it(name, () => {
      const { session, execution } = filledHistory();
      spoil();
      const spoiled = readFileSync(files.database);

      const { store, notices } = openHistory(options);

      expect(codes(notices)).toEqual(["HISTORY_RESTORED"]);
      const aside = namesLike(/^history\.damaged-.*\.sqlite$/);
      expect(aside).toHaveLength(1);
      expect(notices[0]?.message).toContain(aside[0]);
      expect(readFileSync(join(files.folder, String(aside[0]))).equals(spoiled)).toBe(true);
      expect(store.listSessions().map(({ id }) => id)).toEqual([session.id]);
      expect(store.events(execution.id, 0, 10).total).toBe(3);
      store.saveSession(sampleSession());
      store.close();
    });
  }

  it("with no usable backup the history starts empty and the user is told", () => {
    filledHistory();
    for (const backup of files.backups()) writeFileSync(backup, "damaged as well");
    truncateSync(files.database, 100);
    const { store, notices } = openHistory(options);
    expect(codes(notices)).toEqual(["HISTORY_SET_ASIDE"]);
    expect(store.listSessions()).toEqual([]);
    store.close();
    const again = openHistory(options);
    expect(again.notices).toEqual([]);
    again.store.close();
  });

  it("a repair that a crash cut short is finished: the backup comes back, and no old log gets into it", () => {
    const { session } = filledHistory();
    const { store: open } = openHistory(options);
    const late = sampleSession({ name: "in the log only" });
    open.saveSession(late);
    // As `kill -9` right after the first step of setting aside: the file has its new name, its log not yet.
    cpSync(`${files.database}-wal`, join(base, "log"));
    open.close();
    renameSync(files.database, join(files.folder, "history.damaged-then.sqlite"));
    cpSync(join(base, "log"), `${files.database}-wal`);

    const { store, notices } = openHistory(options);

    expect(codes(notices)).toEqual(["HISTORY_RESTORED"]);
    expect(store.getSession(session.id)?.name).toBe(session.name);
    const logs = namesLike(/^history\.damaged-.*-wal$/);
    expect(logs).toHaveLength(1);
    expect(readFileSync(join(files.folder, String(logs[0]))).equals(readFileSync(join(base, "log")))).toBe(
      true,
    );
    store.close();
  });

  it("a log without its file and without a backup is set aside, and the history starts empty and whole", () => {
    const { store: open } = openHistory(options);
    open.saveSession(sampleSession());
    cpSync(`${files.database}-wal`, join(base, "log"));
    open.close();
    for (const path of [files.database, ...files.backups()]) rmSync(path);
    cpSync(join(base, "log"), `${files.database}-wal`);
    const { store } = openHistory(options);
    expect(store.listSessions()).toEqual([]);
    const after = sampleSession();
    store.saveSession(after);
    store.close();
    const again = openHistory(options);
    expect(again.notices).toEqual([]);
    expect(again.store.listSessions().map(({ id }) => id)).toEqual([after.id]);
    again.store.close();
  });

  it.each([0.2, 0.5, 0.9, 0.999])(
    "a log that ends after %d of its length costs the rest of it only",
    (part) => {
      const { session } = filledHistory();
      const { store: open } = openHistory(options);
      for (let index = 0; index < 50; index++) open.saveSession(sampleSession({ name: String(index) }));
      const copy = join(base, "as-it-was-when-the-power-went");
      cpSync(files.folder, copy, { recursive: true });
      open.close();
      rmSync(files.folder, { recursive: true });
      cpSync(copy, files.folder, { recursive: true });
      truncateSync(`${files.database}-wal`, Math.floor(statSync(`${files.database}-wal`).size * part));

      const { store, notices } = openHistory(options);

      expect(notices).toEqual([]);
      expect(store.getSession(session.id)?.name).toBe(session.name);
      const names = store.listSessions().map(({ name }) => name);
      // What is left is a beginning: nothing is missing in between.
      const kept = names.filter((name) => /^\d+$/.test(name)).map(Number);
      expect(kept.toSorted((a, b) => a - b)).toEqual(kept.map((_, index) => index));
      store.close();
    },
  );

  it("rubbish after the last page does no harm", () => {
    const { session } = filledHistory();
    appendFileSync(files.database, "rubbish");
    const { store, notices } = openHistory(options);
    expect(notices).toEqual([]);
    expect(store.listSessions().map(({ id }) => id)).toEqual([session.id]);
    store.close();
  });
});

describe("the schema", () => {
  it.each(MIGRATIONS.map((_, index) => index))(
    "step %i leads to the next version and is done once",
    (index) => {
      const database = openSqlite(":memory:");
      migrate(database, MIGRATIONS.slice(0, index));
      expect(schemaVersion(database)).toBe(index);
      migrate(database, MIGRATIONS.slice(0, index + 1));
      expect(schemaVersion(database)).toBe(index + 1);
      migrate(database, MIGRATIONS.slice(0, index + 1));
      database.close();
    },
  );

  it("is upgraded with its data", () => {
    const { session } = filledHistory();
    const { store, notices } = openHistory({
      ...options,
      migrations: [...MIGRATIONS, (database) => database.exec("ALTER TABLE sessions ADD COLUMN colour TEXT")],
    });
    expect(notices).toEqual([]);
    expect(store.getSession(session.id)?.name).toBe(session.name);
    store.close();
  });

  it("a failed upgrade leaves the old file as it was, shows it, and keeps new runs in memory", () => {
    const { session } = filledHistory();
    const before = readFileSync(files.database);
    const { store, notices } = openHistory({
      ...options,
      migrations: [
        ...MIGRATIONS,
        (database) => {
          database.exec("DROP TABLE event_batches");
          throw new Error("the disk caught fire");
        },
      ],
    });
    expect(codes(notices)).toEqual(["HISTORY_NOT_UPGRADED"]);
    expect(store.getSession(session.id)).toBeDefined();
    store.saveSession(sampleSession({ name: "new" }));
    expect(store.listSessions()).toHaveLength(2);
    store.close();
    expect(readFileSync(files.database).equals(before)).toBe(true);
  });

  it("a newer one is opened read-only with a notice and is not changed", () => {
    const { session, execution } = filledHistory();
    const database = openSqlite(files.database);
    database.exec(`PRAGMA user_version = ${MIGRATIONS.length + 1}`);
    database.close();
    const before = readFileSync(files.database);

    const { store, notices } = openHistory(options);

    expect(codes(notices)).toEqual(["HISTORY_NEWER"]);
    expect(store.getExecution(execution.id)?.status).toBe("ok");
    expect(store.events(execution.id, 2, 10).events).toHaveLength(1);
    const mine = sampleSession();
    store.saveSession(mine);
    const run = sampleExecution(mine);
    store.insertExecution(run);
    expect(store.finishExecution({ ...run, status: "ok" })).toBe(true);
    expect(store.listExecutions({}).map(({ id }) => id)).toEqual([run.id, execution.id]);
    expect(() => store.deleteSession(session.id)).toThrow(
      expect.objectContaining({ code: "STORAGE_UNAVAILABLE" }),
    );
    store.close();
    expect(readFileSync(files.database).equals(before)).toBe(true);
  });
});

describe("the data folder", () => {
  it("that cannot be made gives a history in memory and a notice", () => {
    writeFileSync(join(base, "data"), "a file is in the way");
    const { store, notices } = openHistory(options);
    expect(codes(notices)).toEqual(["STORAGE_UNAVAILABLE"]);
    store.saveSession(sampleSession());
    expect(store.listSessions()).toHaveLength(1);
    store.close();
  });
});

describe("after an unclean end", () => {
  it("live sessions are closed with a reason, running executions have crashed, the rest stays as it was", () => {
    const first = openHistory(options).store;
    const starting = sampleSession({ status: "starting" });
    const ready = sampleSession({ status: "ready" });
    const crashed = sampleSession({ status: "crashed", reason: "startup failed" });
    for (const session of [starting, ready, crashed]) first.saveSession(session);
    const running = sampleExecution(ready);
    const done = sampleExecution(ready);
    first.insertExecution(running);
    first.insertExecution(done);
    first.finishExecution({ ...done, status: "ok", endedAt: 5 });
    first.close(); // Closing the store does not close the sessions: that is the manager's, which "died".

    const { store } = openHistory(options);
    for (const { id } of [starting, ready]) {
      expect(store.getSession(id)).toMatchObject({ status: "closed", reason: RESTART_REASON });
    }
    expect(store.getSession(crashed.id)).toMatchObject({ status: "crashed", reason: "startup failed" });
    expect(store.getExecution(running.id)).toMatchObject({
      status: "crashed",
      error: { code: "ENGINE_CRASHED" },
    });
    expect(store.getExecution(done.id)).toMatchObject({ status: "ok", endedAt: 5 });
    store.close();
  });

  it("sessions of another process that is alive are left alone", () => {
    const alive = openHistory(options).store;
    const session = sampleSession();
    const running = sampleExecution(session);
    alive.saveSession(session);
    alive.insertExecution(running);

    const second = openHistory(options).store;
    expect(second.getSession(session.id)?.status).toBe("ready");
    expect(second.getExecution(running.id)?.status).toBe("running");
    second.close();
    expect(alive.finishExecution({ ...running, status: "ok" })).toBe(true);
    alive.close();
  });
});
