// @ts-check
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";

/**
 * A home folder of its own for one run of the application: the run is the same every time, and touches no data and no
 * workspace of the user.
 *
 * @returns {Promise<{ profile: string, args: string[], env: Record<string, string>, remove: () => Promise<void> }>} what to
 *   start the application with; `profile` is the folder of the page's data
 */
export async function makeHome() {
  const folder = await mkdtemp(path.join(os.tmpdir(), "vm-workbench-home-"));
  const documents = path.join(folder, "documents");
  await mkdir(documents);
  const profile = path.join(folder, "profile");
  return {
    profile,
    args: [`--user-data-dir=${profile}`],
    env: {
      HOME: folder,
      XDG_CONFIG_HOME: path.join(folder, ".config"),
      VM_WORKBENCH_DATA: path.join(folder, "data"),
      VM_WORKBENCH_DOCUMENTS: documents,
    },
    // The processes of the page may still be writing while they end.
    remove: () => rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }),
  };
}
