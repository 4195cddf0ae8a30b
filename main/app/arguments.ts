import { parseArgs } from "node:util";

/** What the application was started with. */
export interface AppArguments {
  /** Folder to open instead of the last one. */
  readonly workspace?: string;
  /** Open without restoring or running anything (promise 31). */
  readonly safe: boolean;
}

/**
 * Reads the application's own switches and leaves Chromium's alone. A plain folder argument (a folder dropped on the
 * icon, a second launch) is a workspace too.
 *
 * @param argv arguments after the executable and, unpackaged, the application's folder
 */
export function readArguments(argv: readonly string[]): AppArguments {
  const { values, positionals } = parseArgs({
    args: [...argv],
    options: { workspace: { type: "string" }, safe: { type: "boolean" } },
    strict: false,
    allowPositionals: true,
  });
  const workspace = typeof values.workspace === "string" ? values.workspace : positionals[0];
  return { safe: values.safe === true, ...(workspace === undefined ? {} : { workspace }) };
}
