import { spawnSync } from "node:child_process";
import { closeSync, openSync, readdirSync, readFileSync, readlinkSync, unlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Environment variable by which the processes of a session are found again when they have left their family. */
export const SESSION_VARIABLE = "VM_WORKBENCH_SESSION";

/** A living process, as far as it matters for finding a tree. */
export interface ProcessEntry {
  readonly pid: number;
  readonly parent: number;
  /** Process group and session, as the kernel calls them; 0 where unknown. */
  readonly group: number;
  readonly session: number;
}

function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, "latin1");
  } catch {
    // Gone meanwhile, or another user's.
    return "";
  }
}

function linuxProcess(pid: number): ProcessEntry | undefined {
  const stat = readOrEmpty(`/proc/${pid}/stat`);
  // "pid (name) state ppid pgrp session …": the name may hold spaces and parentheses.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const [state, parent, group, session] = fields;
  if (state === undefined || state === "" || state === "Z" || state === "X") return undefined;
  return { pid, parent: Number(parent), group: Number(group), session: Number(session) };
}

function linuxProcesses(): ProcessEntry[] {
  const pids = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  return pids.map((pid) => linuxProcess(Number(pid))).filter((entry) => entry !== undefined);
}

function posixProcesses(): ProcessEntry[] {
  const listed = spawnSync("/bin/ps", ["-axo", "pid=,ppid=,pgid=,stat="], {
    encoding: "utf8",
    timeout: 2000,
  });
  const rows = listed.stdout.split("\n").map((line) => line.trim().split(/\s+/));
  return rows
    .filter(
      ([pid, , , state]) => pid !== undefined && pid !== "" && state !== undefined && !state.startsWith("Z"),
    )
    .map(([pid, parent, group]) => ({
      pid: Number(pid),
      parent: Number(parent),
      group: Number(group),
      session: 0,
    }));
}

/** All living processes; zombies are dead. Empty on Windows, whose `taskkill` walks the tree itself. */
export function listProcesses(): ProcessEntry[] {
  if (process.platform === "win32") return [];
  return process.platform === "linux" ? linuxProcesses() : posixProcesses();
}

/**
 * Mark of every process that one command starts, and the beginning of the marks of all commands of a session.
 */
export function markOf(sessionId: string, command?: number): string {
  return command === undefined ? `${sessionId}:` : `${sessionId}:${command}\0`;
}

/** Number under which every process of a command has its mark's file open, unless it closes it. */
export const MARK_DESCRIPTOR = 3;
const MARK_FILE = "vm-workbench-";

/**
 * Opens a file that exists no more and whose name is the mark, for a command to inherit: a program that is started with
 * an empty environment still carries it. The caller closes it. `undefined` where processes do not show their open files,
 * or no file can be made.
 */
export function openMark(mark: string): number | undefined {
  if (process.platform !== "linux") return undefined;
  const path = join(tmpdir(), MARK_FILE + mark.replace("\0", ""));
  let descriptor: number;
  try {
    descriptor = openSync(path, "wx", 0o600);
  } catch {
    return undefined;
  }
  try {
    unlinkSync(path);
    return descriptor;
  } catch {
    closeSync(descriptor);
    return undefined;
  }
}

/** Whether a process inherited a mark that begins like this; `false` where the platform does not tell. */
export function carriesMark(pid: number, mark: string): boolean {
  if (process.platform !== "linux") return false;
  if (`\0${readOrEmpty(`/proc/${pid}/environ`)}`.includes(`\0${SESSION_VARIABLE}=${mark}`)) return true;
  try {
    const file = readlinkSync(`/proc/${pid}/fd/${MARK_DESCRIPTOR}`);
    return `${file.replace(/ \(deleted\)$/, "")}\0`.includes(`/${MARK_FILE}${mark}`);
  } catch {
    return false;
  }
}
