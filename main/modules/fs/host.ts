import { constants } from "node:fs";
import { decodeArguments } from "../arguments";
import type { HostContext, HostFunction, HostModule, WireValue } from "../record";
import type { RootGrant } from "./config";
import { FolderEntries } from "./entries";
import { FileContent } from "./files";
import { FileFacts } from "./look";
import { Roots } from "./roots";

type Call = (...args: unknown[]) => WireValue | void;
type AsyncCall = (...args: unknown[]) => Promise<WireValue | void>;

/** Host half of `fs`: Node's own functions, behind the granted roots. */
export function createFsHost(grants: readonly RootGrant[], context: HostContext): HostModule {
  const roots = new Roots(context.workspaceRoot, grants);
  const mustStop = (): boolean => context.mustStop();
  const content = new FileContent(roots, context);
  const facts = new FileFacts(roots, mustStop);
  const entries = new FolderEntries(roots, mustStop);

  // Moving an entry takes microseconds and a thread hop costs more: only content is read and written in the background.
  const quick: Record<string, Call> = {
    exists: (path) => facts.exists(path),
    access: (path, mode) => facts.access(path, mode),
    mkdir: (path, options) => entries.mkdir(path, options),
    readdir: (path, options) => facts.readdir(path, options),
    stat: (path, options) => facts.stat(path, options),
    lstat: (path, options) => facts.lstat(path, options),
    unlink: (path) => entries.unlink(path),
    rename: (from, to) => entries.rename(from, to),
    rm: (path, options) => entries.rm(path, options),
    mkdtemp: (prefix, options) => entries.mkdtemp(prefix, options),
  };
  const slow: Record<string, { sync: Call; async: AsyncCall }> = {
    readFile: {
      sync: (path, options) => content.readFileSync(path, options),
      async: (path, options) => content.readFile(path, options),
    },
    writeFile: {
      sync: (path, data, options) => content.writeFileSync(path, data, options, "w"),
      async: (path, data, options) => content.writeFile(path, data, options, "w"),
    },
    appendFile: {
      sync: (path, data, options) => content.writeFileSync(path, data, options, "a"),
      async: (path, data, options) => content.writeFile(path, data, options, "a"),
    },
    copyFile: {
      sync: (from, to, mode) => content.copyFileSync(from, to, mode),
      async: (from, to, mode) => content.copyFile(from, to, mode),
    },
  };

  const functions: Record<string, HostFunction> = { constants: () => ({ ...constants }) };
  for (const [name, call] of Object.entries(quick)) {
    functions[`${name}Sync`] = (...wire: unknown[]) => call(...decodeArguments(wire));
    functions[name] = async (...wire: unknown[]) => call(...decodeArguments(wire));
  }
  for (const [name, call] of Object.entries(slow)) {
    functions[`${name}Sync`] = (...wire: unknown[]) => call.sync(...decodeArguments(wire));
    functions[name] = async (...wire: unknown[]) => call.async(...decodeArguments(wire));
  }
  return { functions };
}
