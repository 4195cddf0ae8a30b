import { accessSync, constants, existsSync } from "node:fs";
import { basename, join } from "node:path";
import type { Workspace } from "../../shared/ipc/workspace";

/** What the window shows about the folder that is open. */
export function describeWorkspace(root: string, isSample: boolean): Workspace {
  return {
    root,
    name: basename(root),
    sample: isSample,
    readOnly: !canWrite(root),
    git: existsSync(join(root, ".git")),
  };
}

function canWrite(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
