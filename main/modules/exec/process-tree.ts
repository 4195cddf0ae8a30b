import { spawn } from "node:child_process";
import { setTimeout as wait } from "node:timers/promises";
import { carriesMark, listProcesses, type ProcessEntry } from "./process-list";

// Long enough to remove a lock file, short enough to keep the promise "stopped within the limit + 250 ms".
const GRACE_MS = 80;
const POLL_MS = 10;
const MAX_ROUNDS = 50;

/** Whose processes to end: what was started directly, and everything that carries the mark. */
export interface Family {
  /** From `markOf`: of one command or of a whole session. */
  readonly mark: string;
  /** Processes that were started directly; each leads a process group of its own. */
  readonly leaders: ReadonlySet<number>;
}

/**
 * Pids of a family: the leaders, their descendants, their groups, and (Linux) whoever inherited the mark, in
 * its environment or as an open file, which finds a process that called `setsid` after its parent died.
 */
export function membersOf(family: Family, processes: readonly ProcessEntry[] = listProcesses()): number[] {
  const members = new Set<number>();
  for (const entry of processes) {
    const led = [entry.pid, entry.group, entry.session].some((id) => family.leaders.has(id));
    if (led || carriesMark(entry.pid, family.mark)) members.add(entry.pid);
  }
  for (let grown = -1; grown !== members.size;) {
    grown = members.size;
    for (const entry of processes) if (members.has(entry.parent)) members.add(entry.pid);
  }
  members.delete(process.pid);
  return [...members];
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // Ended by itself.
  }
}

async function killOnWindows(leaders: ReadonlySet<number>): Promise<void> {
  await Promise.all(
    [...leaders].map(
      (pid) =>
        new Promise<void>((resolve) => {
          const killer = spawn("taskkill", ["/PID", String(pid), "/T", "/F"], {
            stdio: "ignore",
            windowsHide: true,
          });
          killer.once("error", () => resolve());
          killer.once("close", () => resolve());
        }),
    ),
  );
}

/**
 * Ends a whole family: SIGTERM, a moment to tidy up, SIGKILL, until nobody is left. Processes that are started meanwhile
 * are found in the next round. Resolves when all are gone (or, for a process that the kernel holds, after about a second).
 */
export async function endFamily(family: Family): Promise<void> {
  if (process.platform === "win32") return killOnWindows(family.leaders);
  let left = membersOf(family);
  for (const pid of left) signal(pid, "SIGTERM");
  // A stopped process handles no signal until it continues.
  for (const pid of left) signal(pid, "SIGCONT");
  for (let waited = 0; left.length > 0 && waited < GRACE_MS; waited += POLL_MS) {
    await wait(POLL_MS);
    left = membersOf(family);
  }
  for (let round = 0; left.length > 0 && round < MAX_ROUNDS; round += 1) {
    for (const pid of left) signal(pid, "SIGKILL");
    await wait(POLL_MS);
    left = membersOf(family);
  }
}
