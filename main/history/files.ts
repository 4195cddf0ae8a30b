import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, realpathSync, renameSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";

const BACKUPS_KEPT = 2;
/** Whoever quits waits for the backup; of a gigabyte, for many seconds. */
const LARGE_BYTES = 128 * 1024 * 1024;
const LARGE_MIN_AGE_MS = 24 * 3600 * 1000;
const BACKUP_NAME = /^history\.backup-[\w-]+\.sqlite$/;

/** The files of one workspace's history, all in one folder of the data folder. */
export class HistoryFiles {
  constructor(readonly folder: string) {}

  /** The folder is named by a hash of the workspace's real path: names of workspaces may be long or equal. */
  static forWorkspace(dataDir: string, workspaceRoot: string): HistoryFiles {
    const hash = createHash("sha256").update(realpathSync(workspaceRoot)).digest("hex").slice(0, 16);
    return new HistoryFiles(join(dataDir, "workspaces", hash));
  }

  get database(): string {
    return join(this.folder, "history.sqlite");
  }
  /** Held while the file is examined, repaired, created, migrated or backed up. */
  get openLock(): string {
    return join(this.folder, "history.open.lock");
  }
  /** Held while something is written into the workspace, by whichever process. */
  get writeLock(): string {
    return join(this.folder, "workspace.write.lock");
  }
  get owners(): string {
    return join(this.folder, "owners");
  }
  /** Present while nobody has the history open and the last one closed it in good order. */
  get cleanMark(): string {
    return join(this.folder, "history.clean");
  }

  create(): void {
    mkdirSync(this.folder, { recursive: true });
  }

  /** Newest first. */
  backups(): string[] {
    return readdirSync(this.folder)
      .filter((name) => BACKUP_NAME.test(name))
      .sort()
      .reverse()
      .map((name) => join(this.folder, name));
  }

  newBackup(): string {
    return join(this.folder, `history.backup-${stamp()}.sqlite`);
  }

  dropOldBackups(): void {
    for (const path of this.backups().slice(BACKUPS_KEPT)) rmSync(path, { force: true });
  }

  /** Gives the database and its companions a new name and gives that name back. Nothing is deleted. */
  setAside(): string {
    const target = this.freeName();
    renameSync(this.database, target);
    this.setLogAside(target);
    return target;
  }

  /**
   * The log of a database that is not there, as a crash in the middle of {@link setAside} leaves it, gets a new name too:
   * SQLite would write it into the next database of this name. Does nothing when there is none.
   */
  setLogAside(target = this.freeName()): void {
    for (const suffix of ["-wal", "-shm"]) {
      if (existsSync(this.database + suffix)) renameSync(this.database + suffix, target + suffix);
    }
  }

  private freeName(): string {
    const time = stamp();
    let target = join(this.folder, `history.damaged-${time}.sqlite`);
    for (let n = 2; existsSync(target) || existsSync(`${target}-wal`); n++)
      target = join(this.folder, `history.damaged-${time}-${n}.sqlite`);
    return target;
  }

  /** Whether the database was written since the newest backup, and that is at least `minAgeMs` old. */
  backupIsDue(minAgeMs: number): boolean {
    const newest = this.backups()[0];
    if (newest === undefined) return true;
    const backedUp = statSync(newest).mtimeMs;
    const { mtimeMs, size } = statSync(this.database);
    const least = size > LARGE_BYTES ? Math.max(minAgeMs, LARGE_MIN_AGE_MS) : minAgeMs;
    return Date.now() - backedUp >= least && mtimeMs > backedUp;
  }
}

/** Time as part of a file name that sorts: `2026-01-31T23-59-59-999Z`. */
function stamp(): string {
  return new Date().toISOString().replaceAll(/[:.]/g, "-");
}
