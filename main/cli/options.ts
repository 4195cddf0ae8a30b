import { Option } from "commander";
import { Output } from "./output";

/** What every command about a workspace takes. */
export interface CommonOptions {
  readonly workspace: string;
  readonly json?: boolean;
}

/** Where a command writes: text, or one JSON object per line. */
export function outputOf(options: { json?: boolean }): Output {
  return new Output(process.stdout, process.stderr, options.json === true);
}

export const jsonOption = () => new Option("--json", "one JSON object per line");
export const workspaceOption = () =>
  new Option("-w, --workspace <dir>", "the workspace").default(process.cwd(), "the current folder");
