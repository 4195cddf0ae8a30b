import { isAbsolute, posix } from "node:path";
import { z } from "zod";
import { constant, unique, type ModuleCall } from "../module-calls";

const MEMORY = ":memory:";

const fileSchema = z
  .string()
  .min(1)
  .refine((path) => !path.includes("\0"), "A path cannot hold a NUL character.")
  .refine(
    (path) => !isAbsolute(path) && !/^[A-Za-z]:/.test(path) && !path.split(/[\\/]/).includes(".."),
    "Name a file inside the workspace, relative to it.",
  )
  .refine((path) => path !== MEMORY, '":memory:" is always allowed and need not be listed.');

/** Which database files scripts may open; none by default, besides databases in memory. */
export const configSchema = z.strictObject({
  files: z
    .array(fileSchema)
    .max(64)
    .default([])
    .describe(
      'Database files that scripts may open, relative to the workspace. ":memory:" is always allowed.',
    ),
  readOnly: z
    .boolean()
    .default(false)
    .describe("Whether databases can only be read. SQLite itself refuses everything else."),
  memoryMb: z
    .int()
    .min(8)
    .max(1024)
    .default(128)
    .describe("Memory that SQLite may use in a session, in MB: caches, sorting and databases in memory."),
});
export type DatabaseConfig = z.infer<typeof configSchema>;

/** What the configuration permits, in plain words. */
export function describeEffects(config: DatabaseConfig): string[] {
  const files = config.files.map((file) =>
    config.readOnly ? `read the SQLite database ./${file}` : `read and change the SQLite database ./${file}`,
  );
  return [...files, "keep SQLite databases in memory"];
}

/** The files that calls name as constants. */
export function configFromCalls(calls: readonly ModuleCall[]): Pick<DatabaseConfig, "files"> {
  return { files: unique([...filesOf(calls, "open", 0), ...filesOf(calls, "configure", 1)]) };
}

function filesOf(calls: readonly ModuleCall[], member: string, index: number): (string | undefined)[] {
  return calls
    .filter((call) => call.member === member)
    .map((call) => constant(call.args[index]))
    .filter((file) => file !== MEMORY)
    .map((file) => (file === undefined ? undefined : posix.normalize(file)));
}
