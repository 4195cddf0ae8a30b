import { accessSync, constants, statSync } from "node:fs";
import { delimiter, extname, isAbsolute, join } from "node:path";
import { WorkbenchError } from "../../../shared/model/error";

const isWindows = process.platform === "win32";
// Programs that Windows starts by itself; everything else in PATHEXT needs a shell.
const WINDOWS_PROGRAMS = [".exe", ".com"];
const BATCH_FILES = [".cmd", ".bat"];

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

function refuseBatchFile(path: string, command: string): void {
  if (!BATCH_FILES.includes(extname(path).toLowerCase())) return;
  throw new WorkbenchError(
    "PERMISSION_DENIED",
    `"${command}" is a batch file, which only a shell can run; exec never uses one. Name the program that it starts.`,
    { command },
  );
}

function sameName(a: string, b: string): boolean {
  return isWindows ? a.toLowerCase() === b.toLowerCase() : a === b;
}

/** Whether the template lists this command: exactly so, or everything by "*". */
function isListed(command: string, commands: readonly string[]): boolean {
  if (commands.some((listed) => sameName(listed, command))) return true;
  if (!commands.includes("*")) return false;
  return isAbsolute(command) || !/[\\/]/.test(command);
}

/** Where a command is looked for. Relative folders are skipped: they would mean a folder that scripts may write. */
function searchFolders(): string[] {
  return (process.env["PATH"] ?? "").split(delimiter).filter((folder) => isAbsolute(folder));
}

function candidates(command: string): string[] {
  if (!isWindows || WINDOWS_PROGRAMS.includes(extname(command).toLowerCase())) return [command];
  return [...WINDOWS_PROGRAMS, ...BATCH_FILES].map((extension) => command + extension);
}

/** The error of Node for a program that is not there. */
export function notFound(command: string, code = "ENOENT"): Error {
  const syscall = `spawn ${command}`;
  return Object.assign(new Error(`${syscall} ${code}`), { code, syscall, path: command });
}

/**
 * Absolute path of a command that the template allows. It is looked for in the PATH of the application, whatever
 * environment the script gives it. Throws `PERMISSION_DENIED` or Node's `ENOENT`.
 */
export function findCommand(command: string, commands: readonly string[]): string {
  if (!isListed(command, commands)) {
    throw new WorkbenchError(
      "PERMISSION_DENIED",
      `"${command}" is not among the commands that the template allows. Add it to "commands" of the module exec.`,
      { command },
    );
  }
  if (isAbsolute(command)) {
    refuseBatchFile(command, command);
    return command;
  }
  for (const folder of searchFolders()) {
    for (const candidate of candidates(command)) {
      const path = join(folder, candidate);
      if (!isProgram(path)) continue;
      refuseBatchFile(path, command);
      return path;
    }
  }
  throw notFound(command);
}
