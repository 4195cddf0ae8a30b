import { resolve } from "node:path";
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
 * @param argv arguments after the executable
 * @param appPath folder of the unpackaged application, which then stands somewhere among the arguments
 */
export function readArguments(argv: readonly string[], appPath?: string): AppArguments {
  const { values, positionals } = parseArgs({
    args: [...argv],
    options: { workspace: { type: "string" }, safe: { type: "boolean" } },
    strict: false,
    allowPositionals: true,
  });
  const [folder] = positionals.filter((each) => appPath === undefined || resolve(each) !== resolve(appPath));
  const workspace = typeof values.workspace === "string" ? values.workspace : folder;
  return { safe: values.safe === true, ...(workspace === undefined ? {} : { workspace }) };
}
