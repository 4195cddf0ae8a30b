import type { ModuleDescriptor } from "../../shared/model/module";
import { describeModule } from "./descriptor";
import type { AnyNativeModule } from "./record";
import { bufferModule } from "./buffer";
import { eventsModule } from "./events";
import { execModule } from "./exec";
import { fsModule } from "./fs";
import { osModule } from "./os";
import { urlModule } from "./url";
import { pathModule } from "./path";
import { timerModule } from "./timer";
import { yamlModule } from "./yaml";
import { cryptoModule } from "./crypto";
import { csvModule } from "./csv";
import { timeModule } from "./time";
import { utilModule } from "./util";
import { databaseModule } from "./database";
import { fetchModule } from "./fetch";
import { zipModule } from "./zip";

/** Where a registered module comes from: shipped with the application, or a folder of the workspace. */
export type ModuleKind = ModuleDescriptor["kind"];

/** The one catalogue of modules that `require`, picker, typings, command line and docs read. */
export interface Registry {
  /** Every module, sorted by name. */
  list(): readonly AnyNativeModule[];
  /** The module that claims this exact name or alias. */
  find(nameOrAlias: string): AnyNativeModule | undefined;
  kindOf(module: AnyNativeModule): ModuleKind;
  /** Names and aliases, for completion and for "did you mean". */
  names(): string[];
  /** What window, command line and docs show, as plain JSON. */
  describe(): readonly ModuleDescriptor[];
}

/**
 * Makes a registry. Throws when two records claim one name: the application then refuses to start, because one of
 * them would silently be unreachable.
 */
export function createRegistry(
  records: readonly AnyNativeModule[],
  workspaceRecords: readonly AnyNativeModule[] = [],
): Registry {
  const all = [...records, ...workspaceRecords];
  const claims = new Map<string, AnyNativeModule>();
  for (const record of all) {
    for (const name of [record.name, ...record.aliases]) {
      const other = claims.get(name);
      if (other !== undefined) {
        throw new Error(`Two native modules claim the name "${name}": ${other.name} and ${record.name}.`);
      }
      claims.set(name, record);
    }
  }
  // Not localeCompare: its first call loads collation data, 6 ms in every session host.
  const sorted = [...all].sort((a, b) => (a.name < b.name ? -1 : 1));
  const ofWorkspace = new Set(workspaceRecords);
  let described: readonly ModuleDescriptor[] | undefined;
  const kindOf = (record: AnyNativeModule): ModuleKind => (ofWorkspace.has(record) ? "workspace" : "native");
  return {
    list: () => sorted,
    find: (nameOrAlias) => claims.get(nameOrAlias),
    kindOf,
    names: () => [...claims.keys()],
    describe: () => (described ??= sorted.map((record) => describeModule(record, kindOf(record)))),
  };
}

/** The application's modules. Adding a module is adding its folder and one line here. */
export const registry: Registry = createRegistry([
  bufferModule,
  eventsModule,
  execModule,
  fsModule,
  osModule,
  pathModule,
  timerModule,
  urlModule,
  yamlModule,
  cryptoModule,
  csvModule,
  timeModule,
  utilModule,
  databaseModule,
  fetchModule,
  zipModule,
]);
