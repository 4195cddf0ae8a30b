import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { TemplateEntry } from "../../shared/ipc/templates";
import { WorkbenchError } from "../../shared/model/error";
import { writeAtomically } from "../workspace/write-file";
import { exportFolder } from "./bundle";

/**
 * Writes templates into a folder as files that people can read and compare, with their checksums beside them. When other
 * files of these names are there, `mayReplace` decides; `false` comes back when it says no, and nothing is written.
 * Throws `STORAGE_UNAVAILABLE` or `PERMISSION_DENIED` when the disk refuses.
 * @param folder absolute; made when it is missing.
 */
export async function writeExportFolder(
  entries: readonly TemplateEntry[],
  folder: string,
  mayReplace: (files: readonly string[]) => Promise<boolean>,
): Promise<boolean> {
  const files = exportFolder(entries);
  try {
    const others: string[] = [];
    for (const { file, content } of files) {
      const path = join(folder, file);
      if (existsSync(path) && (await readFile(path, "utf8")) !== content) others.push(file);
    }
    if (others.length > 0 && !(await mayReplace(others))) return false;
    for (const { file, content } of files) await writeAtomically(join(folder, file), content);
    return true;
  } catch (error) {
    if (error instanceof WorkbenchError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    const message = `The folder cannot be written (${reason}).`;
    throw new WorkbenchError("STORAGE_UNAVAILABLE", message, { path: folder });
  }
}
