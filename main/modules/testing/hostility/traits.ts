import { existsSync } from "node:fs";
import { join } from "node:path";
import type { AnyNativeModule } from "../../record";

/** Something that scripts can open by the thousand and that the session must release. */
export interface Handles {
  /** In the plural; names the test: "statements". */
  readonly what: string;
  /** Statements before the first, such as opening the database. */
  readonly before?: string;
  /** Expression that opens one. The module is loaded under its own name; `i` counts. */
  readonly open: string;
  /** How many; 10,000 unless one costs too much of a machine for that. */
  readonly count?: number;
}

/**
 * What the shared suite has to know about a module to be hostile to it. Every registered module declares it in
 * `main/modules/<name>/hostility.ts`; the suite fails for one that does not, for a host half that releases something at
 * the end and declares no handles, and for a module with a configuration that declares nothing to be denied.
 */
export interface HostilityTraits {
  /** Everything that a script can open and keep. Empty for a module that only computes. */
  readonly handles: readonly Handles[];
  /** Expressions that the module's default configuration refuses with `PERMISSION_DENIED`. Empty where nothing is refused. */
  readonly denied: readonly string[];
  /**
   * Code that keeps the host half busy, or waiting, for longer than anybody does: it has to end with its execution. Left out by
   * modules that compute in the VM only. `huge.bin` has 8 GB.
   */
  readonly slow?: readonly string[];
  /** What handles and slow code need outside the session, such as a server, and the configuration that reaches it. */
  readonly surroundings?: () => Promise<Surroundings>;
  /** How much the module still holds in this thread; as much after a session as before it. */
  readonly held?: () => number;
}

export interface Surroundings {
  /** Instead of the module's `exampleConfig`. */
  readonly config: Record<string, unknown>;
  /** Declares what the expressions use besides the module. */
  readonly script?: string;
  dispose(): void;
}

/** Traits of a module, as its folder declares them; `undefined` when it does not. */
export async function traitsOf({ name }: AnyNativeModule): Promise<HostilityTraits | undefined> {
  if (!existsSync(join(import.meta.dirname, "..", "..", name, "hostility.ts"))) return undefined;
  const loaded = (await import(`../../${name}/hostility.ts`)) as { hostility: HostilityTraits };
  return loaded.hostility;
}
