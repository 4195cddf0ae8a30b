import { accessSync, constants, statSync } from "node:fs";
import platformPath, { type PlatformPath } from "node:path";
import { WorkbenchError } from "../../../shared/model/error";

/** Where commands are looked for, and by whose rules. */
export interface CommandSurroundings {
  /** Rules of paths, which also tell whether this is Windows. */
  readonly path: PlatformPath;
  /** The variable PATH. */
  readonly searchPath: string;
  isProgram(path: string): boolean;
}

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

/** Those of the application itself. */
function ownSurroundings(): CommandSurroundings {
  return { path: platformPath, searchPath: process.env["PATH"] ?? "", isProgram };
}

const isWindows = ({ path }: CommandSurroundings): boolean => path.sep === "\\";

function refuseBatchFile(path: string, command: string, around: CommandSurroundings): void {
  // Windows drops dots and spaces at the end of a name.
  const extension = around.path.extname(path.replace(/[. ]+$/, "")).toLowerCase();
  if (!BATCH_FILES.includes(extension)) return;
  throw new WorkbenchError(
    "PERMISSION_DENIED",
    `"${command}" is a batch file, which only a shell can run; exec never uses one. Name the program that it starts.`,
    { command },
  );
}

/** Whether the template lists this command: exactly so, or everything by "*". Windows does not tell case apart. */
function isListed(command: string, commands: readonly string[], around: CommandSurroundings): boolean {
  const spell = (name: string): string => (isWindows(around) ? name.toLowerCase() : name);
  if (commands.some((listed) => spell(listed) === spell(command))) return true;
  if (!commands.includes("*")) return false;
  return around.path.isAbsolute(command) || !/[\\/]/.test(command);
}

/** Where a command is looked for. Relative folders are skipped: they would mean a folder that scripts may write. */
function searchFolders({ path, searchPath }: CommandSurroundings): string[] {
  return searchPath.split(path.delimiter).filter((folder) => path.isAbsolute(folder));
}

function candidates(command: string, around: CommandSurroundings): string[] {
  const extension = around.path.extname(command).toLowerCase();
  if (!isWindows(around) || WINDOWS_PROGRAMS.includes(extension)) return [command];
  return [...WINDOWS_PROGRAMS, ...BATCH_FILES].map((ending) => command + ending);
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
export function findCommand(
  command: string,
  commands: readonly string[],
  around: CommandSurroundings = ownSurroundings(),
): string {
  if (!isListed(command, commands, around)) {
    throw new WorkbenchError(
      "PERMISSION_DENIED",
      `"${command}" is not among the commands that the template allows. Add it to "commands" of the module exec.`,
      { command },
    );
  }
  if (around.path.isAbsolute(command)) {
    refuseBatchFile(command, command, around);
    return command;
  }
  for (const folder of searchFolders(around)) {
    for (const candidate of candidates(command, around)) {
      const path = around.path.join(folder, candidate);
      if (!around.isProgram(path)) continue;
      refuseBatchFile(path, command, around);
      return path;
    }
  }
  throw notFound(command);
}
