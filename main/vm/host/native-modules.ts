import { WorkbenchError } from "../../../shared/model/error";
import { readAsset } from "../../core/assets";
import type { AnyNativeModule, HostContext, HostFunction, HostModule, WireValue } from "../../modules/record";
import type { Registry } from "../../modules/registry";
import type { ModuleConfig } from "../../../shared/model/template";
import type { Bridge } from "./bridge";

interface Loaded {
  readonly host: HostModule | undefined;
  /** What the guest is told: numbers of the host functions, its part of the configuration. */
  readonly info: WireValue;
}

/** The native modules of one session: which are enabled, and their host halves once they are loaded. */
export class NativeModules {
  private readonly loaded = new Map<string, Loaded>();
  private ended = false;

  constructor(
    private readonly registry: Pick<Registry, "find" | "names">,
    private readonly configurations: Readonly<Record<string, ModuleConfig>>,
    private readonly bridge: Bridge,
    private readonly contextFor: (moduleName: string) => HostContext,
  ) {}

  /** Canonical name of an enabled module, by name or alias. */
  enabled(specifier: string): string | undefined {
    const name = this.registry.find(specifier)?.name;
    return name !== undefined && Object.hasOwn(this.configurations, name) ? name : undefined;
  }

  known(specifier: string): string | undefined {
    return this.registry.find(specifier)?.name;
  }

  names(): string[] {
    return this.registry.names();
  }

  /** Names and aliases that scripts of this session can load. */
  enabledNames(): string[] {
    return this.registry.names().filter((name) => this.enabled(name) !== undefined);
  }

  /**
   * Makes the host half, once per session. `internal`: asked for by another module, which may have modules that compute
   * only, enabled or not.
   */
  load(name: string, internal: boolean): WireValue {
    const known = this.loaded.get(name);
    if (known !== undefined) return known.info;
    const record = this.registry.find(name);
    if (record?.name !== name) throw new TypeError(`There is no native module "${name}".`);
    if (this.enabled(name) === undefined && !(internal && record.risk === "pure")) {
      throw new TypeError(`The native module "${name}" is not enabled.`);
    }
    if (this.ended) throw new WorkbenchError("SESSION_NOT_READY", "The session has ended.");
    const loaded = this.make(record);
    this.loaded.set(name, loaded);
    return loaded.info;
  }

  /** Lets the modules end what an execution left behind. Gives the names of those that are not done in time. */
  async executionEnded(limitMs: number): Promise<string[]> {
    const working = new Set<string>();
    const ends = [...this.loaded].map(async ([name, { host }]) => {
      working.add(name);
      try {
        await host?.executionEnded?.();
      } finally {
        working.delete(name);
      }
    });
    if (ends.length === 0) return [];
    let timer: NodeJS.Timeout | undefined;
    const limit = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, limitMs);
    });
    await Promise.race([Promise.allSettled(ends), limit]);
    clearTimeout(timer);
    return [...working];
  }

  /** Ends the modules. From here on no call reaches one: what it would open, nobody would release. */
  async dispose(): Promise<void> {
    this.ended = true;
    const hosts = [...this.loaded.values()];
    this.loaded.clear();
    await Promise.allSettled(hosts.map(async ({ host }) => host?.dispose?.()));
  }

  private make(record: AnyNativeModule): Loaded {
    // Checked and completed before the thread began, by the record's own schema; modules that compute only have none.
    const config = (this.configurations[record.name] ?? {}) as never;
    const host = record.createHost?.(config, this.contextFor(record.name));
    const work = record.risk === "pure" ? "computes" : "waits";
    return {
      host,
      info: {
        functions: this.bridge.registerAll(this.whileOpen(host?.functions ?? {}), work),
        config: record.guestConfig?.(config),
      },
    };
  }

  private whileOpen(functions: HostModule["functions"]): HostModule["functions"] {
    const guard =
      (call: HostFunction): HostFunction =>
      (...args) => {
        if (this.ended) throw new WorkbenchError("SESSION_NOT_READY", "The session has ended.");
        return call(...args);
      };
    return Object.fromEntries(Object.entries(functions).map(([name, call]) => [name, guard(call)]));
  }
}

const guestHalves = new Map<string, string>();

/** Code of a module's guest half; read once per process. */
export function guestHalf(name: string): string {
  let code = guestHalves.get(name);
  if (code === undefined) {
    code = readAsset("guest", "modules", `${name}.js`);
    guestHalves.set(name, code);
  }
  return code;
}

/** Gives a module that is not built its guest half: for the modules that tests make. */
export function setGuestHalf(name: string, code: string): void {
  guestHalves.set(name, code);
}
