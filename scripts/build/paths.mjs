// @ts-check
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** Root folder of the project. */
export const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
/** Where everything that is built goes. */
export const dist = join(root, "dist");
