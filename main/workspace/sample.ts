import { readdirSync, readFileSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { assetPath } from "../core/assets";
import { errorCode } from "./paths";
import { writeFailure } from "./write-file";

/** Name of the sample workspace's folder. */
export const SAMPLE_FOLDER = "VM Workbench Sample";

/** Where the sample workspace is, given the user's documents folder. */
export function samplePath(documents: string): string {
  return join(documents, SAMPLE_FOLDER);
}

/** Workspace-relative paths of the sample's files. */
export function sampleFiles(folder = assetPath("sample"), prefix = ""): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = prefix + entry.name;
    return entry.isDirectory() ? sampleFiles(join(folder, entry.name), `${path}/`) : [path];
  });
}

/**
 * Makes the sample workspace in a folder and gives the paths that were written. A folder that is there already is the
 * user's: nothing in it is overwritten or brought back. Throws `PERMISSION_DENIED` or `WORKSPACE_UNAVAILABLE`.
 */
export async function makeSample(folder: string): Promise<string[]> {
  try {
    await mkdir(dirname(folder), { recursive: true });
    await mkdir(folder);
  } catch (error) {
    if (errorCode(error) !== "EEXIST") throw writeFailure(error, folder);
    if (readdirSync(folder).length > 0) return [];
  }
  const files = sampleFiles();
  for (const file of files) {
    const target = join(folder, file);
    try {
      await mkdir(dirname(target), { recursive: true });
      // Read and written one by one: inside a packaged application the files are in an archive.
      await writeFile(target, readFileSync(assetPath("sample", file)), { flag: "wx" });
    } catch (error) {
      if (errorCode(error) !== "EEXIST") throw writeFailure(error, target);
    }
  }
  return files;
}
