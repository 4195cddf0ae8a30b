import { existsSync } from "node:fs";
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { TemplateEntry } from "../../shared/ipc/templates";
import { WorkbenchError } from "../../shared/model/error";
import { writeAtomically } from "../workspace/write-file";
import { exportFolder } from "./bundle";

/**
 * Writes templates into a folder as files that people can read and compare, with their checksums beside them, and gives
 * the names of the files. Throws `FILE_CONFLICT`, before anything is written, when the folder holds other files of these
 * names and `replace` is not set; `STORAGE_UNAVAILABLE` when the disk refuses.
 * @param folder absolute; made when it is missing.
 */
export async function writeExportFolder(
  entries: readonly TemplateEntry[],
  folder: string,
  { replace }: { readonly replace: boolean },
): Promise<string[]> {
  const files = exportFolder(entries);
  try {
    if (!replace) {
      const others: string[] = [];
      for (const { file, content } of files) {
        const path = join(folder, file);
        if (existsSync(path) && (await readFile(path, "utf8")) !== content) others.push(file);
      }
      if (others.length > 0) {
        const message = `The folder holds ${others.join(", ")} already, with another content. Choose another folder, or replace them.`;
        throw new WorkbenchError("FILE_CONFLICT", message, { path: folder, files: others });
      }
    }
    await mkdir(folder, { recursive: true });
    for (const { file, content } of files) await writeAtomically(join(folder, file), content);
  } catch (error) {
    if (error instanceof WorkbenchError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new WorkbenchError("STORAGE_UNAVAILABLE", `The folder cannot be written (${reason}).`, {
      path: folder,
    });
  }
  return files.map(({ file }) => file);
}
